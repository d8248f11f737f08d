/** Puts a sealed backup into an empty database, and looks at every row of it before anybody works with it. */
import { withClient } from '#lib/platform/db/owner-client.ts';
import { checkAuditLeaves, checkReferences } from '../drills/check-restored.ts';
import { compareDatabases } from '../drills/compare-databases.ts';
import { DrillProblem } from '../drills/drill-problem.ts';
import { settle } from '../drills/read-tables.ts';
import { restoreBackup } from '../drills/restore-backup.ts';
import type { OpenBackup } from './open-backup.ts';

const answerMs = 12 * 3_600_000;

/**
 * @param ownerUrl of the administrator of a database that has the schema and nothing in it.
 * @returns what is not as it was when the backup was taken, a sentence each; none where all is.
 * @throws DrillProblem, SealedStreamError; nothing was put in then.
 */
export async function putBack(
  ownerUrl: string,
  { folder, backup }: OpenBackup,
  options: {
    signal: AbortSignal;
    onTable: (word: 'restored' | 'compared', done: number, all: number, rows: number) => void;
  },
): Promise<string[]> {
  const all = backup.tables.length;
  const { signal, onTable } = options;
  return withClient(ownerUrl, { name: 'restore', answerMs }, async (client) => {
    const { rows } = await client.query<{ used: boolean }>(
      'select exists (select from audit_entry) or exists (select from operator) as used',
    );
    if (rows[0]?.used !== false)
      throw new DrillProblem(
        'The database is in use already. A backup is put into an empty one; name another with DATABASE_URL.',
      );
    await restoreBackup(client, backup, {
      folder,
      signal,
      onTable: (done, count) => {
        onTable('restored', done, all, count);
      },
    });
    await settle(client);
    const { differences } = await compareDatabases(client, backup, {
      signal,
      onTable: (done, count) => {
        onTable('compared', done, all, count);
      },
    });
    return [
      ...differences,
      ...(await checkReferences(client)),
      ...(await checkAuditLeaves(client)),
    ];
  });
}
