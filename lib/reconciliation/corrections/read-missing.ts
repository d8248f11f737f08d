/** What went out of banks unexplained, and the payment of our own that may make it good. */
import { missingAccount, suspenseAccount } from '#lib/ledger/accounts.ts';
import { suspenseRests } from '#lib/operations/suspense-rest.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';

export type Missing = {
  account: string;
  asset: string;
  /** Smallest unit; more than zero. */
  units: bigint;
  /** The one entry of exactly this amount that nobody was given anything of; null where none or several are. */
  payment: { account: string; journal: string } | null;
};

/** Entries of one amount that are looked at. */
const entriesMax = 50;

/** What went out of banks and nobody knows why, smallest unit; zero or less for nothing. */
export async function readGone(tx: Tx, asset: string): Promise<{ account: string; units: bigint }> {
  const account = missingAccount(asset);
  const row = await tx.account.findUnique({ where: { id: account } });
  return { account, units: row ? unitsOf(row.debits) - unitsOf(row.credits) : 0n };
}

/**
 * @param wanted.atMost no more than this of it, smallest unit; null for all.
 * @returns null where nothing is missing.
 */
export async function readMissing(
  tx: Tx,
  wanted: { asset: string; atMost: bigint | null; at: Date },
): Promise<Missing | null> {
  const { asset, atMost } = wanted;
  const { account, units: all } = await readGone(tx, asset);
  const units = atMost !== null && atMost < all ? atMost : all;
  if (units <= 0n) return null;
  return { account, asset, units, payment: await findPayment(tx, units, wanted) };
}

async function findPayment(
  tx: Tx,
  units: bigint,
  { asset, at }: { asset: string; at: Date },
): Promise<Missing['payment']> {
  const account = suspenseAccount(asset, 'bank');
  const came = await tx.posting.findMany({
    where: { accountId: account, amount: (-units).toString(), journal: { kind: 'bank-entry' } },
    orderBy: { journalId: 'desc' },
    take: entriesMax,
    select: { journalId: true },
  });
  const journals = came.map(({ journalId }) => journalId.toString());
  const rests = await suspenseRests(tx, { account, journals, at });
  const whole = journals.filter((journal) => !rests.has(journal));
  const [journal] = whole;
  return journal !== undefined && whole.length === 1 && came.length < entriesMax
    ? { account, journal }
    : null;
}
