/**
 * The worker's look at breaches of which the authority was not told: 24, 48, 60 and 72 hours after we were aware, each is
 * warned of once, in its timeline, by a notice and in the log. It counts from the events.
 */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { timeAfterBreach } from './act-on-breach.ts';
import { appendBreachEvent } from './append-breach-event.ts';
import { dueWarning } from './clock.ts';
import { mayFollow } from './life.ts';
import { breachEventsMax, lockBreach } from './load-breach.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A breach is due to the minute. */
const lookEveryMs = 60_000;
const firstWarningMs = 24 * 3_600_000;
const atOnce = 100;

export class BreachWarnings {
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
      const rows: { breachId: string }[] = await db.privacyBreachStanding.findMany({
        where: {
          state: { in: ['confirmed', 'assessed', 'contained'] },
          notifiedAt: null,
          clearedAt: null,
          awareAt: { lte: new Date(now.getTime() - firstWarningMs) },
          ...(last !== null && { breachId: { gt: last } }),
        },
        orderBy: { breachId: 'asc' },
        select: { breachId: true },
        take: atOnce,
      });
      for (const { breachId } of rows) await warnOf(db, breachId, now);
      last = rows.at(-1)?.breachId ?? null;
      if (rows.length < atOnce) break;
    }
    this.#lookedAt = now.getTime();
  }
}

async function warnOf(db: Database, id: string, now: Date): Promise<void> {
  const warned = await inTransaction(db, async (tx) => {
    const file = await lockBreach(tx, id);
    if (!file || file.seq >= breachEventsMax) return null;
    const at = timeAfterBreach(file, now);
    const hours = mayFollow(file.standing.state, 'warned') ? dueWarning(file.standing, at) : null;
    if (hours === null) return null;
    await appendBreachEvent(tx, file, { kind: 'warned', facts: { hours }, by: 'system', at });
    return { breach: file.number, hours };
  });
  if (warned?.hours === 72)
    log.error(
      warned,
      'the 72 hours of a personal data breach are over and the authority was not told',
    );
  else if (warned) log.warn(warned, 'the authority was not told of a personal data breach yet');
}
