import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { BackupFile } from '#lib/mpc/backup/backup-file.ts';
import { collectBackup } from '#lib/mpc/client/collect-backup.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { refusalSentence } from '#lib/mpc/client/refusal-sentence.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { findGrantEnded } from '../access/grant-ended.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadRoster } from '../trust.ts';
import { coldArchivesOf, type ColdArchive } from './cold-archives.ts';

/** Of one backup in an hour; each asks every party for its file. */
const collectedMax = 30;
const hourMs = 3_600_000;

const form = z.strictObject({ operation: operationId });

export type CollectedBackup = {
  party: string;
  /** Null where the party did not give it; then the sentence says why. */
  file: BackupFile | null;
  sentence: string | null;
};

/**
 * Gets what a done backup sealed from each of its parties, as files to be stored. They open only with
 * parts of the custodians. Asked again it answers the same. Every time is on record before a file leaves.
 * @param parties as the web server knows them; what one without a network sealed came with its answer.
 */
export async function collectBackups(
  actor: Actor,
  input: unknown,
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<CollectedBackup[]>> {
  const refused = lacksScope(actor, 'key:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Name the backup.');
  const { operation } = asked.data;
  const roster = await loadRoster(context.db);
  if (!roster) return beforeGenesis();
  const ended = findGrantEnded(roster, actor.personId, context.clock());
  if (ended) return ended;
  const row = await context.db.operation.findUnique({ where: { id: operation } });
  const intent = row && intentSchema.parse(JSON.parse(row.intent));
  if (intent?.kind !== 'key-backup' || row?.state !== 'done')
    return refuse('backup-unknown', 'There is no backup that is done under this number.');
  const often = await findTooOften(context.db, operation, context.clock());
  if (often) return often;
  const brought = await coldArchivesOf([operation], context.db);
  const files = await Promise.all(
    intent.parties.map(async (name) => {
      const client = parties.find((one) => one.name === name);
      return client ? collect(client, operation) : asBrought(name, brought);
    }),
  );
  const gave = files.flatMap(({ party, file }) => (file ? [party] : []));
  if (gave.length === 0) return ok(files);
  return inTransaction(context.db, async (tx) => {
    // Many who ask at once are counted one after the other; what is too much does not leave.
    await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operation}::uuid FOR UPDATE`;
    const now = context.clock();
    const tooOften = await findTooOften(tx, operation, now);
    if (tooOften) return tooOften;
    await appendAudit(tx, {
      kind: 'backup-collected',
      subject: operation,
      actor: actor.personId,
      at: now,
      facts: { key: intent.key, epoch: intent.epoch, gave: gave.join(' ') },
    });
    return ok(files);
  });
}

async function findTooOften(
  db: Database | Tx,
  operation: string,
  now: Date,
): Promise<Refused<'backups-too-many'> | null> {
  const at = { gt: new Date(now.getTime() - hourMs) };
  const lately = await db.auditEntry.count({
    where: { kind: 'backup-collected', subject: operation, at },
  });
  if (lately < collectedMax) return null;
  return refuse(
    'backups-too-many',
    `This backup was collected ${collectedMax} times in an hour. Use the files that were saved, or wait before you collect it again.`,
  );
}

/** What a cold party sealed came with its answer, and is as whole as what travels over a network. */
function asBrought(party: string, brought: readonly ColdArchive[]): CollectedBackup {
  const file = brought.find((one) => one.party === party)?.file;
  return file
    ? { party, file, sentence: null }
    : {
        party,
        file: null,
        sentence: 'It has no network here. Save the file from its own page, at its machine.',
      };
}

async function collect(client: PartyClient, operation: string): Promise<CollectedBackup> {
  const { name: party } = client;
  const answer = await collectBackup(client, operation);
  return answer.ok
    ? { party, file: answer.value, sentence: null }
    : { party, file: null, sentence: refusalSentence(answer.refusal) };
}
