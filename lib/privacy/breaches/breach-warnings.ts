/**
 * The worker's look at breaches of which the authority was not told: 24, 48, 60 and 72 hours after we were aware, each is
 * warned of once, in its timeline, by a notice and in the log. One that is only suspected is warned of 24, 48 and 72 hours
 * after we heard of it, persons who were not told of a high risk by hours after it was found, and what of Art 33(3) the
 * authority lacks by hours after the first part. It counts from the events.
 */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfterBreach } from './act-on-breach.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import { contents } from './completeness.ts';
import { breachEventsMax, loadBreach, lockBreach, type BreachFile } from './load-breach.ts';
import { warningsDue, type DueWarning } from './warnings-due.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A breach is due to the minute. */
const lookEveryMs = 60_000;
const firstWarningMs = 24 * 3_600_000;
const atOnce = 100;

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
    const due = seen ? dueOf(seen, now) : [];
    if (!seen || due.length === 0) return;
    // The log has it before it is written: a timeline that is full, or that nobody can write, silences nothing.
    for (const warning of due) {
      const key = `${id} ${warning.kind} ${warning.facts.hours}`;
      if (!this.#said.has(key)) sayOf(seen.number, warning);
      this.#said.add(key);
    }
    if (seen.seq >= breachEventsMax) return;
    await inTransaction(db, async (tx) => writeWarnings(tx, id, now));
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
          awareAt: { lte: before },
          // The authority waits for the first part, or for the rest, or persons may wait.
          OR: [
            { notifiedAt: null, clearedAt: null },
            { complete: false, NOT: { notifiedAt: null } },
            { toldAt: null },
          ],
        },
        { state: 'suspected', suspectedAt: { lte: before } },
      ],
      ...(after !== null && { breachId: { gt: after } }),
    },
    orderBy: { breachId: 'asc' },
    select: { breachId: true, number: true },
    take: atOnce,
  });

const dueOf = ({ standing, events }: BreachFile, now: Date): DueWarning[] =>
  warningsDue(standing, timeAfterBreach({ events }, now));

async function writeWarnings(tx: Tx, id: string, now: Date): Promise<void> {
  const file = await lockBreach(tx, id);
  if (!file) return;
  const at = timeAfterBreach(file, now);
  const free = breachEventsMax - file.seq;
  for (const [index, warning] of dueOf(file, now).slice(0, free).entries())
    await appendBreachEvent(
      tx,
      { ...file, seq: file.seq + index },
      { ...warning, by: 'system', at },
    );
}

const overWords = {
  warned: 'the 72 hours of a personal data breach are over and the authority was not told',
  'suspicion-warned':
    'a personal data breach is only suspected, and nobody confirmed or dismissed it',
  'persons-warned': 'the risk of a personal data breach is high and the persons were not told',
  'rest-warned': 'the authority lacks a part of the notification of a personal data breach',
} as const;

function sayOf(breach: string, { kind, facts }: DueWarning): void {
  const { hours } = facts;
  const missing = kind === 'rest-warned' ? facts.missing.map((part) => contents[part].name) : null;
  const said = { breach, hours, ...(missing && { missing }) };
  if (hours >= 72) log.error(said, overWords[kind]);
  else
    log.warn(
      said,
      kind === 'warned'
        ? 'the authority was not told of a personal data breach yet'
        : overWords[kind],
    );
}
