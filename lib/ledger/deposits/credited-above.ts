import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';

/** A deposit that was credited and not taken back. */
export type CreditedDeposit = {
  txid: string;
  vault: string;
  place: string;
  /** Smallest unit. */
  amount: bigint;
  /** Of the block it is in now, which need not be the one it was credited in. */
  height: bigint;
  blockHash: string;
};

/**
 * Credited deposits in blocks above a height, by where each is now: looked for where it was once, it would seem gone.
 * @param of one owner in one vault; everybody's on the chain where it is left out.
 */
export async function creditedAbove(
  db: Database | Tx,
  {
    chain,
    height,
    of,
  }: { chain: string; height: bigint; of?: { vault: string; owner: string | null } },
): Promise<CreditedDeposit[]> {
  const above = { chain, slot: { gt: height } };
  const owned = { ...(of && { vaultId: of.vault, clientId: of.owner }), reversal: null };
  // Two questions, each answered by an index: of both in one, every deposit of the chain was looked through.
  const [still, moved] = await Promise.all([
    db.deposit.findMany({ where: { ...above, ...owned, moved: null, blockHash: { not: null } } }),
    db.depositMoved.findMany({
      where: { ...above, deposit: owned },
      include: { deposit: { select: { amount: true } } },
    }),
  ]);
  return [...still, ...moved.map(({ deposit: { amount }, ...rest }) => ({ ...rest, amount }))].map(
    ({ txid, vaultId, place, amount, slot, blockHash }) => ({
      txid,
      vault: vaultId,
      place,
      amount: unitsOf(amount),
      height: slot,
      blockHash: blockHash ?? '',
    }),
  );
}
