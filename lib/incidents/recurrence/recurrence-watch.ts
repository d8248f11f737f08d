/**
 * The worker's look for recurring incidents: once in every calendar month (Delegated Regulation 2024/1772 Art 8(2)),
 * and whenever something changed that decides whether incidents recur.
 */
import { notYet, type NotYet } from '#lib/operations/worker/not-yet.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { EventKind } from '../desk/life.ts';
import { lookForRecurring } from './check-recurrence.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** Facts often come several at a time; one look sees them all. */
const lookEveryMs = 60_000;
/** An event may be seen only after its instant, when its transaction ends; so the look goes back a little. */
const overlapMs = 60_000;

/** What changes a cause, a fact, a class, or whether an incident counts at all. */
const decisive: readonly EventKind[] = [
  'facts-recorded',
  'classified',
  'reviewed',
  'dropped',
  'reopened',
];

export class RecurrenceWatch {
  readonly #needs: Needs;
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often; mostly it does nothing. */
  async look(): Promise<NotYet | undefined> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now.getTime();
    if (await isDue(db, now)) await lookForRecurring(db, 'schedule', now);
    return undefined;
  }
}

async function isDue(db: Database, now: Date): Promise<boolean> {
  const last = await db.recurrenceCheck.findFirst({
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    select: { at: true },
  });
  if (last === null || monthOf(last.at) !== monthOf(now)) return true;
  const since = new Date(last.at.getTime() - overlapMs);
  const [row] = await db.$queryRaw<{ changed: boolean }[]>`
    select exists (select from incident_event where kind = any (${[...decisive]}) and at > ${since}) as changed`;
  return row?.changed ?? false;
}

const monthOf = (at: Date): string => at.toISOString().slice(0, 7);
