/** signed → broadcast: sends the bytes on record. Sending them again is harmless. */
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { adapterFor } from './chains/adapters.ts';
import type { WorkerContext } from './worker-context.ts';

/** @returns true when the operation moved on. */
export async function broadcast(row: OperationRow, context: WorkerContext): Promise<boolean> {
  const transaction = row.transactions.find(({ phase }) => phase === 'signed');
  if (!transaction?.raw)
    throw new Error(`Operation ${row.id} is signed but has no signed transaction.`);
  const sent = await adapterFor(transaction.chain).send(transaction.raw, context);
  if (sent.outcome !== 'accepted')
    log.warn(
      { operation: row.id, outcome: sent },
      'sending has no clear outcome; the id will be looked up',
    );
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'broadcast', broadcastAt: now },
    });
    return changeState(tx, { operation: row.id, from: 'signed', to: 'broadcast' }, now);
  });
}
