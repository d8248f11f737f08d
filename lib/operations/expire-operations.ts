import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { changeState } from './change-state.ts';
import { undoRaise } from './record-decision.ts';
import { asState } from './states.ts';
import { livePhases } from './transaction-phases.ts';

/** Operations looked at in one pass; the next pass takes the rest. */
const batchSize = 50;

/**
 * Ends operations whose time is over before every statement was there, and gives back what they
 * held. Once signing has begun an operation no longer expires here: only the chain can tell.
 * @returns how many expired.
 */
export async function expireOperations(context: Context): Promise<number> {
  const now = context.clock();
  const due = await context.db.operation.findMany({
    where: {
      expiresAt: { lte: now },
      state: { in: ['raised', 'approved', 'held'] },
      // A new attempt may have a transaction from before, of which a share may be out.
      transactions: { none: { phase: { in: [...livePhases] } } },
    },
    orderBy: { expiresAt: 'asc' },
    take: batchSize,
    select: { id: true, state: true },
  });
  let expired = 0;
  for (const { id, state } of due) {
    const moved = await inTransaction(context.db, async (tx) => {
      const changed = await changeState(
        tx,
        {
          operation: id,
          from: asState(state),
          to: 'expired',
          stop: {
            code: 'operation-expired',
            party: null,
            sentence: 'Not everybody stated in time. Raise a new one if it is still wanted.',
          },
        },
        now,
      );
      if (changed) await undoRaise(tx, id, 'expired');
      return changed;
    });
    if (moved) expired += 1;
  }
  return expired;
}
