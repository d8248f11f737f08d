import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { changeState } from './change-state.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import { undoRaise } from './record-decision.ts';
import { asState } from './states.ts';
import { livePhases } from './transaction-phases.ts';
import { Turns } from './worker/turns.ts';

/** Operations looked at in one pass, the longest overdue first. */
const dueMax = 10_000;
/** Operations ended in one pass; the next pass takes the rest. */
const batchSize = 50;

/**
 * Ends operations whose time is over before every statement was there, and withdrawals that could
 * not begin in time, and gives back what they held. Once signing has begun an operation no longer
 * expires here: only the chain can tell. One that can't be ended is tried again later, and keeps
 * none of the others back.
 * @param turns remembers those, from pass to pass.
 * @returns how many expired.
 */
export async function expireOperations(context: Context, turns = new Turns()): Promise<number> {
  const now = context.clock();
  const due = await context.db.operation.findMany({
    where: {
      expiresAt: { lte: now },
      OR: [
        { state: { in: ['raised', 'approved', 'held'] } },
        { state: 'cosigned', kind: { in: [...coinKinds] } },
        // What a party has taken over is past every end.
        { state: 'waiting', adoptions: { none: {} } },
      ],
      // A new attempt may have a transaction from before, of which a share may be out.
      transactions: { none: { phase: { in: [...livePhases] } } },
    },
    orderBy: { expiresAt: 'asc' },
    take: dueMax,
    select: { id: true, state: true, stopCode: true },
  });
  const ids = new Set(due.map(({ id }) => id));
  turns.keepOnly((id) => ids.has(id));
  const next = turns.order(due, ({ id }) => id, now.getTime());
  let expired = 0;
  for (const operation of next.slice(0, batchSize)) {
    try {
      if (await expire(operation, now, context)) expired += 1;
      turns.went(operation.id);
    } catch (error) {
      turns.failed(operation.id, now.getTime());
      log.error({ err: error, operation: operation.id }, 'operation cannot expire');
    }
  }
  return expired;
}

/** Stop of what was built, and waited until its statements counted no more. */
export const lapsedCode = 'statements-lapsed';
export const lapsedWhy =
  'Every statement was there, but it waited until they counted no more: its asset stood still, too much of it was missing, or a party gave no answer.';

const whyExpired: Readonly<Record<string, string>> = {
  [lapsedCode]: lapsedWhy,
  cosigned: 'Every statement was there, but signing could not begin in time.',
  waiting: 'Every statement was there, but they count no longer than its wait.',
};

function expire(
  { id, state, stopCode }: { id: string; state: string; stopCode: string | null },
  now: Date,
  context: Context,
): Promise<boolean> {
  const stop = {
    code: 'operation-expired',
    party: null,
    sentence: `${
      whyExpired[stopCode ?? state] ?? 'Not everybody stated in time.'
    } Raise a new one if it is still wanted.`,
  };
  return inTransaction(context.db, async (tx) => {
    const change = { operation: id, from: asState(state), to: 'expired', stop } as const;
    const changed = await changeState(tx, change, now);
    if (changed) await undoRaise(tx, id, 'expired');
    return changed;
  });
}
