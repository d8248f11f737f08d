/** The worker's look at holds whose review is overdue: each day that passed is warned of once, in the timeline and the log. */
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfterHold } from './act-on-hold.ts';
import { appendHoldEvent } from './append-hold-event.ts';
import { mayFollow } from './life.ts';
import { holdEventsMax, lockHold, type HoldFile } from './load-hold.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A review is due to the day. */
const lookEveryMs = 3_600_000;
const atOnce = 100;

export class OverdueHolds {
  readonly #needs: Needs;
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often; mostly it does nothing. What could not be written is tried at the next call. */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return;
    for (let last: string | null = null; ;) {
      const rows: { holdId: string }[] = await db.privacyHoldStanding.findMany({
        where: {
          state: { in: ['standing', 'lift-proposed'] },
          reviewOn: { lt: startOfDay(dayOf(now)) },
          ...(last !== null && { holdId: { gt: last } }),
        },
        orderBy: { holdId: 'asc' },
        select: { holdId: true },
        take: atOnce,
      });
      for (const { holdId } of rows) await warnOf(db, holdId, now);
      last = rows.at(-1)?.holdId ?? null;
      if (rows.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }
}

const wasWarned = ({ events, standing }: HoldFile): boolean =>
  events.some(({ kind, facts }) => kind === 'warned' && facts.reviewOn === standing.reviewOn);

async function warnOf(db: Database, id: string, now: Date): Promise<void> {
  const warned = await inTransaction(db, async (tx) => {
    const file = await lockHold(tx, id);
    if (!file || file.seq >= holdEventsMax || wasWarned(file)) return null;
    const { reviewOn, state } = file.standing;
    if (!mayFollow(state, 'warned') || reviewOn >= dayOf(now)) return null;
    await appendHoldEvent(tx, file, {
      kind: 'warned',
      facts: { reviewOn },
      by: 'system',
      at: timeAfterHold(file, now),
    });
    return { hold: file.number, reviewOn };
  });
  if (warned) log.warn(warned, 'the review of a legal hold is overdue; it goes on to stand');
}
