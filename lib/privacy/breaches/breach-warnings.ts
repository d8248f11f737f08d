/**
 * The worker's look at breaches of which the authority was not told: 24, 48, 60 and 72 hours after we were aware, each is
 * warned of once, in its timeline, by a notice and in the log. One that is only suspected is warned of 24, 48 and 72 hours
 * after we heard of it. It counts from the events.
 */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfterBreach } from './act-on-breach.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import { dueSuspicion, dueWarning } from './clock.ts';
import { mayFollow, type SuspectedHours, type WarnedHours } from './life.ts';
import { breachEventsMax, loadBreach, lockBreach, type BreachFile } from './load-breach.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A breach is due to the minute. */
const lookEveryMs = 60_000;
const firstWarningMs = 24 * 3_600_000;
const atOnce = 100;

type Due = { kind: 'warned' | 'suspicion-warned'; hours: WarnedHours | SuspectedHours };

export class BreachWarnings {
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
    for (let last: string | null = null; ;) {
      const rows = await pageOf(db, last, new Date(now.getTime() - firstWarningMs));
      // One that can't be read keeps nobody from being warned of the others.
      for (const { breachId, number } of rows)
        await this.#warnOf(breachId, now).catch((error: unknown) => {
          log.error({ breach: number, err: error }, 'nobody can be warned of a breach: look at it');
        });
      last = rows.at(-1)?.breachId ?? null;
      if (rows.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }

  async #warnOf(id: string, now: Date): Promise<void> {
    const { db } = this.#needs;
    const seen = await loadBreach(db, id);
    const due = seen && dueOf(seen, now);
    if (!seen || !due) return;
    // The log has it before it is written: a timeline that is full, or that nobody can write, silences nothing.
    const key = `${id} ${due.kind} ${due.hours}`;
    if (!this.#said.has(key)) sayOf(seen.number, due);
    this.#said.add(key);
    if (seen.seq >= breachEventsMax) return;
    await inTransaction(db, async (tx) => writeWarning(tx, id, now));
  }
}

const pageOf = async (
  db: Database,
  after: string | null,
  before: Date,
): Promise<{ breachId: string; number: string }[]> =>
  db.privacyBreachStanding.findMany({
    where: {
      OR: [
        {
          state: { in: ['confirmed', 'assessed', 'contained'] },
          notifiedAt: null,
          clearedAt: null,
          awareAt: { lte: before },
        },
        { state: 'suspected', suspectedAt: { lte: before } },
      ],
      ...(after !== null && { breachId: { gt: after } }),
    },
    orderBy: { breachId: 'asc' },
    select: { breachId: true, number: true },
    take: atOnce,
  });

/** What is to be warned of now; null where there is nothing. */
function dueOf({ standing, events }: BreachFile, now: Date): Due | null {
  const at = timeAfterBreach({ events }, now);
  if (mayFollow(standing.state, 'suspicion-warned')) {
    const hours = dueSuspicion(standing, at);
    return hours === null ? null : { kind: 'suspicion-warned', hours };
  }
  const hours = mayFollow(standing.state, 'warned') ? dueWarning(standing, at) : null;
  return hours === null ? null : { kind: 'warned', hours };
}

async function writeWarning(tx: Tx, id: string, now: Date): Promise<void> {
  const file = await lockBreach(tx, id);
  const due = file && dueOf(file, now);
  if (!file || !due) return;
  const at = timeAfterBreach(file, now);
  const { kind, hours } = due;
  await appendBreachEvent(tx, file, { kind, facts: { hours }, by: 'system', at });
}

function sayOf(breach: string, { kind, hours }: Due): void {
  const said = { breach, hours };
  const isOver = hours === 72;
  if (kind === 'suspicion-warned') {
    const words = 'a personal data breach is only suspected, and nobody confirmed or dismissed it';
    if (isOver) log.error(said, words);
    else log.warn(said, words);
  } else if (isOver)
    log.error(
      said,
      'the 72 hours of a personal data breach are over and the authority was not told',
    );
  else log.warn(said, 'the authority was not told of a personal data breach yet');
}
