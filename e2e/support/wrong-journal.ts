/** Books something that never happened, as the worker of this sandbox, and takes it back. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { urlFor, workerRole } from '#lib/platform/db/roles.ts';
import { ownerUrl } from '#scripts/supervisor/environments.ts';
import { loadSecrets } from '#scripts/supervisor/secrets.ts';
import { readSettings } from '#scripts/supervisor/settings.ts';

/** The fourth line of the server's own file is its port. */
const portLine = 3;

function openBooks(): Database {
  const settings = readSettings(process.env, { isDev: false });
  const secrets = loadSecrets(settings.data);
  const server = readFileSync(join(settings.data, 'postgres', 'postmaster.pid'), 'utf8');
  const postgres = Number(server.split('\n')[portLine]);
  const url = ownerUrl({ ...settings, ports: { ...settings.ports, postgres } }, secrets);
  return databaseFor(urlFor(url, workerRole, secrets.databaseWorker));
}

export type WrongJournal = { takeBack(): Promise<void> };

/** @param lamports that a vault is said to have got, from nobody knows whom. */
export async function bookWhatNeverCame(vault: string, lamports: bigint): Promise<WrongJournal> {
  const db = openBooks();
  const key = `deposit:solana:sandbox:never-${randomUUID()}:${vault}`;
  const journal = { operation: null, usesHold: false } as const;
  const lines = (amount: bigint) => [
    { account: `vault/${vault}/SOL`, amount },
    { account: 'suspense/deposits/SOL', amount: -amount },
  ];
  const posted = await postJournal(db, {
    ...journal,
    key,
    kind: 'deposit',
    lines: lines(lamports),
    corrects: null,
    at: new Date(),
  });
  if (!posted.ok) throw new Error(posted.refusal.sentence);
  return {
    takeBack: async () => {
      const undone = await postJournal(db, {
        ...journal,
        key: `correction:${key}`,
        kind: 'correction',
        lines: lines(-lamports),
        corrects: posted.value.journal,
        at: new Date(),
      });
      await db.$disconnect();
      if (!undone.ok) throw new Error(undone.refusal.sentence);
    },
  };
}
