import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { depositKey, type DepositName } from './deposit-name.ts';

/** A deposit that is on its chain as far as the records go. */
export type AliveDeposit = {
  /** Counts how often it was or is to be credited, from 1. */
  appearance: number;
  client: string | null;
  asset: string;
  /** Smallest unit. */
  amount: bigint;
  from: string;
  /** Of the block it is in as far as the records go. */
  height: bigint;
  blockHash: string | null;
  /** The journal that credited it; null while it is pending. */
  journal: bigint | null;
};

/** What tells a pending deposit among all. */
export const pendingKey = ({ chain, txid, vault, place = '' }: DepositName) => ({
  chain,
  txid,
  vaultId: vault,
  place,
});

/**
 * Locks the deposit's name for the rest of the transaction, so that of several workers one moves it on, and reads it.
 * @returns null for one that was never seen, is gone or was reversed and did not come again.
 */
export async function findAlive(tx: Tx, name: DepositName): Promise<AliveDeposit | null> {
  await lockNamed(tx, depositKey(name));
  const where = pendingKey(name);
  const credited = await tx.deposit.findMany({
    where,
    include: { reversal: { select: { journalId: true } }, moved: true },
    orderBy: { appearance: 'desc' },
    take: 1,
  });
  const last = credited[0];
  const isPending = last === undefined || last.reversal !== null;
  const row = isPending
    ? await tx.depositPending.findUnique({ where: { chain_txid_vaultId_place: where } })
    : last;
  const moved = isPending ? null : last.moved;
  return (
    row && {
      appearance: isPending ? (last?.appearance ?? 0) + 1 : last.appearance,
      client: row.clientId,
      asset: row.asset,
      amount: unitsOf(row.amount),
      from: row.fromAddr,
      height: (moved ?? row).slot,
      blockHash: (moved ?? row).blockHash,
      journal: isPending ? null : last.journalId,
    }
  );
}
