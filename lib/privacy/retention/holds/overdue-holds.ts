/** The worker's look at holds whose review is overdue: each day that passed is warned of once, in the timeline and the log. */
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfterHold } from './act-on-hold.ts';
import { appendHoldEvent } from './append-hold-event.ts';
import { mayFollow } from './life.ts';
import { holdEventsMax, loadHold, lockHold, type HoldFile } from './load-hold.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A review is due to the day. */
const lookEveryMs = 3_600_000;
const atOnce = 100;

export class OverdueHolds {
  readonly #needs: Needs;
  /** What the log said since this process began: once for each day that passed. */
  readonly #said = new Set<string>();
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often; mostly it does nothing. What could not be written is tried at the next look. */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return;
    for (let last: string | null = null; ;) {
      const rows: { holdId: string; number: string }[] = await db.privacyHoldStanding.findMany({
        where: {
          state: { in: ['standing', 'lift-proposed'] },
          reviewOn: { lt: startOfDay(dayOf(now)) },
          ...(last !== null && { holdId: { gt: last } }),
        },
        orderBy: { holdId: 'asc' },
        select: { holdId: true, number: true },
        take: atOnce,
      });
      // One that can't be read keeps nobody from being warned of the others.
      for (const { holdId, number } of rows)
        await this.#warnOf(holdId, now).catch((error: unknown) => {
          log.error({ hold: number, err: error }, 'nobody can be warned of a hold: look at it');
        });
      last = rows.at(-1)?.holdId ?? null;
      if (rows.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }

  async #warnOf(id: string, now: Date): Promise<void> {
    const { db } = this.#needs;
    const seen = await loadHold(db, id);
    if (!seen || !isOverdue(seen, now)) return;
    const { number, standing } = seen;
    // The log has it before it is written: a timeline that is full, or that nobody can write, silences nothing.
    const key = `${id} ${standing.reviewOn}`;
    if (!this.#said.has(key))
      log.warn(
        { hold: number, reviewOn: standing.reviewOn },
        'the review of a legal hold is overdue; it goes on to stand',
      );
    this.#said.add(key);
    if (seen.seq < holdEventsMax) await writeWarning(db, id, now);
  }
}

/** Its review is overdue, and nobody was warned of that day. */
const isOverdue = ({ events, standing: { state, reviewOn } }: HoldFile, now: Date): boolean =>
  mayFollow(state, 'warned') &&
  reviewOn < dayOf(now) &&
  !events.some(({ kind, facts }) => kind === 'warned' && facts.reviewOn === reviewOn);

async function writeWarning(db: Database, id: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const file = await lockHold(tx, id);
    if (!file || file.seq >= holdEventsMax || !isOverdue(file, now)) return;
    await appendHoldEvent(tx, file, {
      kind: 'warned',
      facts: { reviewOn: file.standing.reviewOn },
      by: 'system',
      at: timeAfterHold(file, now),
    });
  });
}
