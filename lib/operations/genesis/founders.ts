/** Reads shared by what changes the list of founders. Before there is a roster, whoever is invited is one. */
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { latestGenesis } from './latest-genesis.ts';

/** Founders one installation may begin with. */
export const foundersMax = 100;

/** Any number that nothing else locks by. */
const foundersLock = 7_305_801_123_418n;

/** Lets those who change the founders or draw up their document come one after the other. */
export async function lockFounders(tx: Tx): Promise<void> {
  await tx.$queryRaw`select 1 from pg_advisory_xact_lock(${foundersLock})`;
}

export type FoundersClosed = 'genesis-done' | 'genesis-signed';

/**
 * Why the founders stay as they are, or null while they may still change. Holds the document's row,
 * so that its last signature comes either before this transaction or after it.
 */
export async function findFoundersClosed(tx: Tx): Promise<Refused<FoundersClosed> | null> {
  await lockFounders(tx);
  const found = await latestGenesis(tx);
  if (found) await tx.$queryRaw`select 1 from genesis where digest = ${found.digest} for update`;
  const row = await latestGenesis(tx);
  const roster = await tx.rosterVersion.findFirst({ select: { version: true } });
  if (roster || row?.state === 'pinned')
    return refuse(
      'genesis-done',
      'Genesis is in force, so there are no founders any more. An administrator invites people at the console, under Operators; they join by a roster operation.',
    );
  if (row?.state === 'signed')
    return refuse(
      'genesis-signed',
      'Every founder has signed the genesis document, so the founders stay as they are. Once every party has pinned it, an administrator invites more people at the console, under Operators.',
    );
  return null;
}

/** The founders, oldest first; those taken out are not among them. */
export async function listFounders(db: Database | Tx) {
  const rows = await db.operator.findMany({
    where: { status: { in: ['invited', 'pending'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: foundersMax + 1,
  });
  const nameOf = await operatorNames(db);
  return rows.map((row) => ({ ...row, displayName: nameOf(row.id) }));
}
export type Founder = Awaited<ReturnType<typeof listFounders>>[number];

const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Whether two spellings are one name; names are how people at a terminal tell founders apart. */
export const isSameName = (a: string, b: string): boolean => plain(a) === plain(b);

/** True while nobody whom the document names has been taken out. */
export async function areAllThere(tx: Tx, people: readonly { id: string }[]): Promise<boolean> {
  const ids = people.map(({ id }) => id);
  return (
    (await tx.operator.count({ where: { id: { in: ids }, status: 'pending' } })) === ids.length
  );
}
