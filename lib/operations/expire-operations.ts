import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { onlyTheChain } from './after-share.ts';
import { changeState, type Stop } from './change-state.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import { undoRaise } from './record-decision.ts';
import { asState } from './states.ts';
import { livePhases } from './transaction-phases.ts';
import { Turns } from './worker/turns.ts';

/** Operations looked at in one pass, the longest overdue first. */
const dueMax = 10_000;
/** Operations ended in one pass; the next pass takes the rest. */
const batchSize = 50;

const isLive = { phase: { in: [...livePhases] } };

type Due = { id: string; state: string; stopCode: string | null };

/**
 * Ends operations whose time is over before every statement was there, and withdrawals that could
 * not begin in time, and gives back what they held. Once signing has begun an operation no longer
 * expires here: only the chain can tell. A new attempt of such a one that not everybody stated in
 * time is held again, where the chain can settle it. One that can't be ended is tried again later,
 * and keeps none of the others back.
 * @param turns remembers those, from pass to pass.
 * @returns how many expired.
 */
export async function expireOperations(context: Context, turns = new Turns()): Promise<number> {
  const now = context.clock();
  const due = await context.db.operation.findMany({
    where: {
      expiresAt: { lte: now },
      OR: [
        {
          OR: [
            { state: { in: ['raised', 'approved', 'held'] } },
            { state: 'cosigned', kind: { in: [...coinKinds] } },
            // What a party has taken over is past every end.
            { state: 'waiting', adoptions: { none: {} } },
          ],
          transactions: { none: isLive },
        },
        // A new attempt may have a transaction from before, of which a share may be out.
        { state: { in: ['raised', 'approved'] }, transactions: { some: isLive } },
      ],
    },
    orderBy: { expiresAt: 'asc' },
    take: dueMax,
    select: {
      id: true,
      state: true,
      stopCode: true,
      _count: { select: { transactions: { where: isLive } } },
    },
  });
  const ids = new Set(due.map(({ id }) => id));
  turns.keepOnly((id) => ids.has(id));
  const next = turns.order(due, ({ id }) => id, now.getTime());
  let expired = 0;
  for (const operation of next.slice(0, batchSize)) {
    try {
      if (operation._count.transactions > 0) await holdAnew(operation, now, context);
      else if (await expire(operation, now, context)) expired += 1;
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

/** By the stop where that says it, else by the state. */
const whyExpired = ({ state, stopCode }: Due): string => {
  if (stopCode === lapsedCode) return lapsedWhy;
  switch (state) {
    case 'held':
      return 'It was held, and its time was over before a new attempt of it was begun.';
    case 'cosigned':
      return 'Every statement was there, but signing could not begin in time.';
    case 'waiting':
      return 'Every statement was there, but they count no longer than its wait.';
    default:
      return 'Not everybody stated in time.';
  }
};

function expire(due: Due, now: Date, context: Context): Promise<boolean> {
  const { id, state } = due;
  const stop = {
    code: 'operation-expired',
    party: null,
    sentence: `${whyExpired(due)} Raise a new one if it is still wanted.`,
  };
  return inTransaction(context.db, async (tx) => {
    const change = { operation: id, from: asState(state), to: 'expired', stop } as const;
    const changed = await changeState(tx, change, now);
    if (changed) await undoRaise(tx, id, 'expired');
    return changed;
  });
}

/** Nothing of it is given back, since its payment may still run. */
const lapsedAnew: Stop = {
  code: 'new-attempt-lapsed',
  party: null,
  sentence: `Not everybody stated its new attempt in time. A signature from before may exist. ${onlyTheChain}`,
};

const holdAnew = ({ id, state }: Due, now: Date, { db }: Context): Promise<boolean> =>
  inTransaction(db, (tx) =>
    changeState(tx, { operation: id, from: asState(state), to: 'held', stop: lapsedAnew }, now),
  );
