import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { DepositName } from './deposit-name.ts';
import { findAlive, pendingKey } from './find-alive.ts';

export type SeenDeposit = DepositName & {
  /** Whose address it came to; null for the vault's own, which belongs to nobody yet. */
  client: string | null;
  asset: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
  from: string;
  /** Of the block it is in. */
  height: bigint;
  blockHash: string;
  at?: Date;
};

/**
 * Puts on record that a chain has a deposit in one of its blocks. Nothing is booked: it is pending until `creditSeen`.
 * Seen again in another block it stays the same deposit, also where it is credited, and is on record there from then on;
 * seen after it was reversed it is pending anew. Of several who see it at once one writes it.
 */
export async function seeDeposit(
  tx: Tx,
  seen: SeenDeposit,
): Promise<Result<{ state: 'pending' | 'credited'; isNew: boolean }, 'deposit-differs'>> {
  const { client, asset, amount, from, height, blockHash, at = new Date() } = seen;
  const key = pendingKey(seen);
  const alive = await findAlive(tx, seen);
  if (!alive) {
    await tx.depositPending.create({
      data: {
        ...key,
        asset,
        amount: amount.toString(),
        clientId: client,
        fromAddr: from,
        slot: height,
        blockHash,
        seenAt: at,
      },
    });
    return ok({ state: 'pending', isNew: true });
  }
  if (alive.asset !== asset || alive.amount !== amount || alive.client !== client)
    return refuse('deposit-differs', `Deposit ${seen.txid} is on record with other content.`);
  const isMoved = alive.height !== height || alive.blockHash !== blockHash;
  const block = { slot: height, blockHash };
  if (alive.journal !== null) {
    const credited = { ...key, appearance: alive.appearance };
    if (isMoved)
      await tx.depositMoved.upsert({
        where: { chain_txid_vaultId_place_appearance: credited },
        create: { ...credited, ...block, movedAt: at },
        update: { ...block, movedAt: at },
      });
    return ok({ state: 'credited', isNew: false });
  }
  if (isMoved)
    await tx.depositPending.update({ where: { chain_txid_vaultId_place: key }, data: block });
  return ok({ state: 'pending', isNew: false });
}
