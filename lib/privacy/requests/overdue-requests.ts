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
/** Entries that warnings leave for saying that somebody was erased. */
const keptForEnds = 20;

export class OverdueRequests {
  readonly #needs: Needs;
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
    const seat = await loadSeat(db, now);
    for (let last: string | null = null; seat !== null;) {
      const rows = await pageOf(db, last, new Date(now.getTime() - shortestDays * dayMs));
      // One that can't be read keeps nobody from being warned of the others.
      for (const { requestId, number } of rows)
        await this.#warnOf(requestId, seat, now).catch((error: unknown) => {
          log.error(
            { request: number, err: error },
            'nobody can be warned of a request: look at it',
          );
        });
      last = rows.at(-1)?.requestId ?? null;
      if (rows.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }

  async #warnOf(id: string, seat: Seat, now: Date): Promise<void> {
    const { db } = this.#needs;
    const seen = await loadRequest(db, id);
    const due = seen && overSince(seen, seat, now);
    if (!seen || due === null) return;
    // The log has it before it is written: a timeline that is full, or that nobody can write, silences nothing.
    const key = `${id} ${due}`;
    if (!this.#said.has(key))
      log.error({ request: seen.number, dueOn: due }, 'a person’s request is over its day in law');
    this.#said.add(key);
    if (seen.seq >= eventsMax - keptForEnds) return;
    await inTransaction(db, async (tx) => {
      const file = await lockRequest(tx, id);
      const dueOn = file && overSince(file, seat, now);
      if (!file || dueOn === null) return;
      const event = {
        kind: 'warned',
        facts: { dueOn },
        by: 'system',
        at: timeAfter(file, now),
      } as const;
      await appendEvent(tx, file, event, seat);
    });
  }
}

const pageOf = async (
  db: Database,
  after: string | null,
  before: Date,
): Promise<{ requestId: string; number: string }[]> =>
  db.privacyRequestStanding.findMany({
    where: {
      receivedAt: { lt: before },
      state: { notIn: ['closed', 'withdrawn', 'duplicate', 'fulfilled', 'notified'] },
      ...(after === null ? {} : { requestId: { gt: after } }),
    },
    orderBy: { requestId: 'asc' },
    select: { requestId: true, number: true },
    take: atOnce,
  });

/** The day that is over and was not warned of; null where there is none. */
function overSince(file: RequestFile, seat: Seat, now: Date): string | null {
  const { standing, number } = file;
  if (!mayHappen(standing.state, 'warned')) return null;
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
