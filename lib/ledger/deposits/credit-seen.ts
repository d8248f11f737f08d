import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { missingOf } from '../accounts.ts';
import { creditDeposit } from '../credit-deposit.ts';
import type { PostRefusal } from '../post-journal.ts';
import type { DepositName } from './deposit-name.ts';
import { findAlive, pendingKey } from './find-alive.ts';
import { lockLeft } from './lock-left.ts';

export type Credited = {
  journal: bigint;
  /** False when it had been credited before. */
  isNew: boolean;
  /** The part that made good what an earlier reversal of it had left missing; smallest unit. */
  madeGood: bigint;
};

/**
 * Credits a deposit that was seen, once; call it when the block it is in is as deep as its chain asks. Where it comes
 * again after a reversal that left something missing, that is made good first and its client gets the rest.
 */
export async function creditSeen(
  tx: Tx,
  name: DepositName,
  at = new Date(),
): Promise<Result<Credited, 'deposit-not-seen' | PostRefusal>> {
  const alive = await findAlive(tx, name);
  if (!alive)
    return refuse('deposit-not-seen', `Deposit ${name.txid} is not on record, or it is gone.`);
  if (alive.journal !== null) return ok({ journal: alive.journal, isNew: false, madeGood: 0n });
  const again = await missingAgain(tx, name, alive);
  const credited = await creditDeposit(tx, {
    ...name,
    appearance: alive.appearance,
    client: alive.client,
    asset: alive.asset,
    amount: alive.amount,
    ...(again && { again }),
    at,
  });
  if (!credited.ok) return credited;
  const { journal } = credited.value;
  const key = pendingKey(name);
  await tx.deposit.create({
    data: {
      ...key,
      appearance: alive.appearance,
      asset: alive.asset,
      amount: alive.amount.toString(),
      clientId: alive.client,
      fromAddr: alive.from,
      slot: alive.height,
      blockHash: alive.blockHash,
      journalId: journal,
      creditedAt: at,
    },
  });
  await tx.depositPending.delete({ where: { chain_txid_vaultId_place: key } });
  return ok({ journal, isNew: true, madeGood: again?.missing ?? 0n });
}

/** What its last reversal left missing and still is, with that reversal; null where there is none of it. */
async function missingAgain(
  tx: Tx,
  name: DepositName,
  { client, asset, appearance }: { client: string | null; asset: string; appearance: number },
): Promise<{ reversal: bigint; missing: bigint } | null> {
  if (client === null || appearance === 1) return null;
  const before = await tx.depositReversal.findUniqueOrThrow({
    where: {
      chain_txid_vaultId_place_appearance: { ...pendingKey(name), appearance: appearance - 1 },
    },
  });
  const reversal = before.journalId;
  const account = missingOf(client, asset);
  const line = await tx.posting.findFirst({
    where: { journalId: reversal, accountId: account },
    select: { amount: true },
  });
  if (!line) return null;
  const left = await lockLeft(tx, account, null);
  const missing = left < unitsOf(line.amount) ? left : unitsOf(line.amount);
  return missing === 0n ? null : { reversal, missing };
}
