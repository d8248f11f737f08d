import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Locks an account for the rest of the transaction, so that what is decided by its balance stays true.
 * @param entry the journal that credited suspense; null for any other account.
 * @returns in the smallest unit what a reversal may take of a client (available) or of an entry in suspense, or what an
 *   account of what is missing stands at; 0 for an account that is not there.
 */
export async function lockLeft(tx: Tx, account: string, entry: bigint | null): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ units: string }[]>`
    select ledger_lock_left(${account}, ${entry}::bigint)::text as units`;
  if (!row) throw new Error('The ledger gave no answer.');
  return BigInt(row.units);
}
