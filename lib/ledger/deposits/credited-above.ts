import type { Database } from '#lib/platform/db/client.ts';
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
  db: Database,
  {
    chain,
    height,
    of,
  }: { chain: string; height: bigint; of?: { vault: string; owner: string | null } },
): Promise<CreditedDeposit[]> {
  const slot = { gt: height };
  const rows = await db.deposit.findMany({
    where: {
      chain,
      ...(of && { vaultId: of.vault, clientId: of.owner }),
      reversal: null,
      blockHash: { not: null },
      OR: [{ moved: null, slot }, { moved: { slot } }],
    },
    include: { moved: true },
  });
  return rows.map(({ txid, vaultId, place, amount, slot: first, blockHash, moved }) => ({
    txid,
    vault: vaultId,
    place,
    amount: unitsOf(amount),
    height: moved?.slot ?? first,
    blockHash: moved?.blockHash ?? blockHash ?? '',
  }));
}
