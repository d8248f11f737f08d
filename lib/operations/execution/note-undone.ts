/** Puts on record which settled payments their chain took back, and which of them are final again. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { holdAsset, lockHold } from '../asset-hold.ts';
import type { TransactionRow } from './chains/chain-adapter.ts';
import type { WorkerContext } from './worker-context.ts';

export type UndonePayment = {
  row: TransactionRow;
  /** What has taken its place, finally, be it another of the same operation; null while it can still run. */
  supersededBy: string | null;
};

const detail = 'settlement-undone';

/**
 * Lists those that are not listed yet, under the incident of the chain's hold: the one that stands, or a new one. Of
 * one that is listed already the line says what has its place now: another reorganisation can take that back as well.
 */
export async function noteUndone(
  chain: string,
  found: readonly UndonePayment[],
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<void> {
  if (found.length === 0) return;
  const hold = { chain, asset: null, reason: 'chain-reorganised', detail } as const;
  const listed = await inTransaction(db, async (tx) => {
    // The time is asked for once no word about the chain can fall in between.
    await lockHold(tx, hold);
    const at = clock();
    const open = await tx.undoneSettlement.findMany({
      where: { transactionId: { in: found.map(({ row }) => row.id) }, backAt: null },
      select: { id: true, transactionId: true, supersededBy: true },
    });
    const known = new Map(open.map((line) => [line.transactionId, line]));
    for (const { row, supersededBy } of found) {
      const line = known.get(row.id);
      if (line && line.supersededBy !== supersededBy)
        await tx.undoneSettlement.update({ where: { id: line.id }, data: { supersededBy } });
    }
    const added = found.filter(({ row }) => !known.has(row.id));
    if (added.length === 0) return [];
    const incident = await holdAsset(tx, hold, at);
    await tx.undoneSettlement.createMany({
      data: added.map(({ row, supersededBy }) => ({
        id: randomUUID(),
        transactionId: row.id,
        incident,
        foundAt: at,
        supersededBy,
      })),
    });
    await appendAudit(tx, {
      kind: 'settlements-undone',
      subject: chain,
      actor: 'worker',
      at,
      facts: { incident, payments: added.length },
    });
    await publish(tx, { topic: 'alarms', id: null });
    return added;
  });
  for (const { row, supersededBy } of listed)
    log.error(
      { operation: row.operationId, txid: row.txid, supersededBy },
      'a settled payment lies in no block any more',
    );
}

/** It is final again, in the block where it lies now: from there it is looked at for as long as any other. */
export async function noteBack(
  { id, operationId, txid }: TransactionRow,
  height: bigint,
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.chainTransaction.update({ where: { id }, data: { slot: height } });
    await tx.undoneSettlement.updateMany({
      where: { transactionId: id, backAt: null },
      data: { backAt: clock() },
    });
    await publish(tx, { topic: 'operations', id: operationId });
  });
  log.warn({ operation: operationId, txid }, 'a payment that was taken back is final again');
}
