/**
 * The worker's look at requests whose day is over: each is warned of once for each such day, in its timeline, by a
 * notice and in the log. It counts from the events; what lists show, whoever has the web server could have written.
 */
import { DeadlineError } from '../deadlines.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { dayMs } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfter } from './act-on-request.ts';
import { appendEvent } from './append-event.ts';
import { requestClock, type Seat } from './clock.ts';
import { mayHappen } from './life.ts';
import { eventsMax, loadRequest, lockRequest, type RequestFile } from './load-request.ts';
import { loadSeat } from './load-seat.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A request is due to the day; a quarter of an hour is soon enough. */
const lookEveryMs = 900_000;
/** No month is shorter, so nothing that came later is over. */
const shortestDays = 28;
const atOnce = 100;

export class OverdueRequests {
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
    const seat = await loadSeat(db, now);
    for (let last: string | null = null; seat !== null;) {
      const ids = await pageOf(db, last, new Date(now.getTime() - shortestDays * dayMs));
      for (const id of ids) await warnOf(db, id, seat, now);
      last = ids.at(-1) ?? null;
      if (ids.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }
}

const pageOf = async (db: Database, after: string | null, before: Date): Promise<string[]> =>
  (
    await db.privacyRequestStanding.findMany({
      where: {
        receivedAt: { lt: before },
        state: { notIn: ['closed', 'withdrawn', 'duplicate', 'fulfilled', 'notified'] },
        ...(after === null ? {} : { requestId: { gt: after } }),
      },
      orderBy: { requestId: 'asc' },
      select: { requestId: true },
      take: atOnce,
    })
  ).map(({ requestId }) => requestId);

/** The day that is over and was not warned of; null where there is none. */
function overSince(file: RequestFile, seat: Seat, now: Date): string | null {
  const { standing, number } = file;
  if (!mayHappen(standing.state, 'warned') || file.seq >= eventsMax - 100) return null;
  try {
    const { daysLeft, dueOn } = requestClock(standing, seat, now);
    return daysLeft !== null && daysLeft < 0 && !standing.warned.has(dueOn) ? dueOn : null;
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    log.error(
      { request: number, reason: error.reason },
      'the time limit of a request can’t be counted',
    );
    return null;
  }
}

async function warnOf(db: Database, id: string, seat: Seat, now: Date): Promise<void> {
  const seen = await loadRequest(db, id);
  if (!seen || overSince(seen, seat, now) === null) return;
  const warned = await inTransaction(db, async (tx) => {
    const file = await lockRequest(tx, id);
    const dueOn = file && overSince(file, seat, now);
    if (!file || dueOn === null) return null;
    const event = {
      kind: 'warned',
      facts: { dueOn },
      by: 'system',
      at: timeAfter(file, now),
    } as const;
    await appendEvent(tx, file, event, seat);
    return { request: file.number, dueOn };
  });
  if (warned) log.error(warned, 'a person’s request is over its day in law');
}
