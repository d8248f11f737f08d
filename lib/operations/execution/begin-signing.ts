/** cosigned → signing: sets aside what the transaction will use up, and builds it. */
import { randomUUID } from 'node:crypto';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { changeState, type Stop } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { isSpent } from '../transaction-phases.ts';
import { adapterFor } from './chains/adapters.ts';
import type { Prepared } from './chains/chain-adapter.ts';
import { giveBackUnused, hasTransaction } from './chains/leases.ts';
import { isStill } from './is-still.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { findStandstill } from './standstill.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * @returns false when nothing could be done yet (nothing to tie it to, node away): the operation
 * keeps its place in the queue.
 */
export async function beginSigning(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<boolean> {
  const stop = row.transactions.some(isSpent) ? spent : await findFrozenStop(intent, context.db);
  if (stop) {
    await hold(row, intent, stop, context);
    return true;
  }
  // Not stopped for good: it goes on when that has ended, while its statements last.
  const wait = await findStandstill(row, intent, context);
  if (wait) {
    // As after a node that failed in the middle: others may use meanwhile what nothing was built with.
    await giveBackUnused(row.id, adapterFor(intent.chain), context.db);
    context.waits?.(wait);
    return false;
  }
  const prepared = await adapterFor(intent.chain).prepare(row, intent, context);
  const now = context.clock();
  switch (prepared.state) {
    case 'waits':
      if (prepared.reason) context.waits?.(prepared.reason);
      return false;
    case 'known':
      return inTransaction(context.db, (tx) => moveOn(tx, row, now));
    case 'stopped':
      await hold(row, intent, prepared.stop, context);
      return true;
    case 'built':
      return inTransaction(context.db, (tx) => keepBuilt(tx, row, { intent, ...prepared }, now));
  }
}

/** Only with what is still set aside for it: another worker may have given that back since, and a third taken it. */
async function keepBuilt(
  tx: Tx,
  row: OperationRow,
  built: Extract<Prepared, { state: 'built' }> & { intent: MovingIntent },
  now: Date,
): Promise<boolean> {
  const { intent, message, conflictKey, setAside } = built;
  if (!(await isStill(tx, row.id, 'cosigned'))) return false;
  // One that another worker built, and that was held and stated anew since, is the operation's for good.
  if (await hasTransaction(tx, row.id)) return false;
  if (!(await adapterFor(intent.chain).isSetAside(tx, row.id, setAside))) return false;
  const moved = await moveOn(tx, row, now);
  if (moved)
    await tx.chainTransaction.create({
      data: {
        id: randomUUID(),
        operationId: row.id,
        attempt: row.attempt,
        chain: intent.chain,
        message: new Uint8Array(message),
        conflictKey,
        phase: 'built',
        createdAt: now,
      },
    });
  return moved;
}

const moveOn = (tx: Tx, row: OperationRow, now: Date): Promise<boolean> =>
  changeState(tx, { operation: row.id, from: 'cosigned', to: 'signing' }, now);

/** No way leads here but a record that was changed by hand: parties would refuse any other nonce. */
const spent: Stop = {
  code: 'transaction-spent',
  party: null,
  sentence:
    'What this operation was tied to on the chain is used up, so the parties will never sign for it again. Cancel it, and raise a new one if it is still wanted.',
};

async function hold(
  row: OperationRow,
  { chain }: MovingIntent,
  stop: Stop,
  context: WorkerContext,
): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const change = { operation: row.id, from: 'cosigned', to: 'held', stop } as const;
    // One that has moved on meanwhile, or has a transaction, may need what it is tied to.
    const moved = await changeState(tx, change, context.clock());
    if (moved && !(await hasTransaction(tx, row.id))) await adapterFor(chain).release(tx, row.id);
  });
}
