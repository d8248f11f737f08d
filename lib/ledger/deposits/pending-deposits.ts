import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** A deposit that a block has and that is not credited yet. */
export type PendingDeposit = {
  vault: string;
  asset: string;
  txid: string;
  place: string;
  /** Smallest unit, exact decimal text. */
  amount: string;
  from: string;
  /** Of the block it is in. */
  height: string;
  /** ISO instant. */
  seenAt: string;
};

/**
 * What is on its way to be credited, newest first.
 * @param of a client's account in an asset, or in all of them, or a vault's.
 * @param limit at most so many; one more tells that there are more.
 */
export async function pendingDeposits(
  db: Database | Tx,
  of: { client: string; asset?: string } | { vault: string; asset: string },
  limit: number,
): Promise<PendingDeposit[]> {
  const rows = await db.depositPending.findMany({
    where: {
      ...(of.asset === undefined ? {} : { asset: of.asset }),
      ...('client' in of ? { clientId: of.client } : { vaultId: of.vault }),
    },
    orderBy: [{ slot: 'desc' }, { txid: 'asc' }, { place: 'asc' }],
    take: limit,
  });
  return rows.map(({ vaultId, asset, txid, place, amount, fromAddr, slot, seenAt }) => ({
    vault: vaultId,
    asset,
    txid,
    place,
    amount: amount.toFixed(0),
    from: fromAddr,
    height: slot.toString(),
    seenAt: seenAt.toISOString(),
  }));
}
