/** Puts on record what ran of an operation and is not on record as signed. */
import { randomUUID } from 'node:crypto';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import type { OperationRow } from '../load-standing.ts';
import type { TransactionRow } from './chains/chain-adapter.ts';
import { isStill } from './is-still.ts';
import type { WorkerContext } from './worker-context.ts';

export type Twin = {
  /** The one on record, with its id. */
  of: TransactionRow;
  instead: string;
  /** Id and signed bytes of the one that ran. */
  txid: string;
  raw: Uint8Array;
};

/**
 * The parties' second signature on the same bytes came to the chain: it is put on record beside the first as one of
 * those that conflict with each other, and the next step settles by it.
 */
export function keepTwin(row: OperationRow, twin: Twin, context: WorkerContext): Promise<boolean> {
  const { of, instead, txid, raw } = twin;
  const now = context.clock();
  const replacement = Math.max(...row.transactions.map((one) => one.replacement)) + 1;
  log.warn(
    { operation: row.id, txid, instead },
    'the same transaction ran under another signature',
  );
  return inTransaction(context.db, async (tx) => {
    if (!(await isStill(tx, row.id, 'broadcast'))) return false;
    const { id } = await tx.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: row.id,
        attempt: of.attempt,
        chain: of.chain,
        message: of.message,
        conflictKey: of.conflictKey,
        replacement,
        phase: 'built',
        createdAt: of.createdAt,
      },
    });
    await tx.chainTransaction.update({
      where: { id },
      data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: now },
    });
    await tx.chainTransaction.update({
      where: { id },
      data: { phase: 'broadcast', broadcastAt: now },
    });
    await publish(tx, { topic: 'operations', id: row.id });
    return true;
  });
}

export type RanUnsigned = Pick<TransactionRow, 'id'> & {
  txid: string;
  /** Signed bytes of this id, as the chain has them. */
  raw: Uint8Array;
};

/**
 * Others put together the shares that were asked for, or their answer was lost here, and what came of it is final: it
 * is on record as signed from then on, and the next step settles by it.
 */
export function keepRan(
  row: OperationRow,
  { id, txid, raw }: RanUnsigned,
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<boolean> {
  log.warn({ operation: row.id, txid }, 'a transaction ran that is not on record as signed');
  return inTransaction(db, async (tx) => {
    if (!(await isStill(tx, row.id, 'broadcast'))) return false;
    const { count } = await tx.chainTransaction.updateMany({
      where: { id, phase: 'releasing' },
      data: { phase: 'signed', raw: new Uint8Array(raw), signedAt: clock() },
    });
    await publish(tx, { topic: 'operations', id: row.id });
    return count > 0;
  });
}
