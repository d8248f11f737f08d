/** The 72 hours of a breach, from the instant we were aware of it (GDPR Art 33(1)). Pure, for screens too. */
import { breachDeadline } from '../deadlines.ts';
import type { BreachStanding } from './fold.ts';
import { suspectedHours, warnedHours, type SuspectedHours, type WarnedHours } from './life.ts';

const hourMs = 3_600_000;

export type BreachClock = {
  /**
   * `waiting`: nobody is aware of a breach yet; `running` and `overdue`: the authority waits; `met` and `late`: it was
   * told; `none`: it was decided that no risk is likely, or that it is no breach.
   */
  state: 'waiting' | 'running' | 'overdue' | 'met' | 'late' | 'none';
  /** ISO instants. */
  awareAt: string | null;
  dueAt: string | null;
  /** Until then, or since then where it is over: whole days and the whole hours beyond them; null where nothing runs. */
  left: { days: number; hours: number } | null;
};

type Clocked = Pick<BreachStanding, 'state' | 'awareAt' | 'notifiedAt' | 'clearedAt'>;

/** @param zone of the seat; it changes how the end is written, never when it is. */
export function breachClock(standing: Clocked, now: Date, zone = 'UTC'): BreachClock {
  const { awareAt, notifiedAt, clearedAt } = standing;
  if (awareAt === null)
    return {
      state: standing.state === 'suspected' ? 'waiting' : 'none',
      awareAt,
      dueAt: null,
      left: null,
    };
  const dueAt = breachDeadline({ aware: awareAt, time_zone: zone }).notify_authority_due;
  const due = Date.parse(dueAt);
  if (notifiedAt !== null)
    return { state: Date.parse(notifiedAt) <= due ? 'met' : 'late', awareAt, dueAt, left: null };
  if (clearedAt !== null) return { state: 'none', awareAt, dueAt, left: null };
  const left = due - now.getTime();
  const hours = Math.floor(Math.abs(left) / hourMs);
  return {
    state: left < 0 ? 'overdue' : 'running',
    awareAt,
    dueAt,
    left: { days: Math.floor(hours / 24), hours: hours % 24 },
  };
}

/** The last mark that has passed and was not warned of; null where there is none, or the clock doesn't run. */
export function dueWarning(
  standing: Clocked & Pick<BreachStanding, 'warned'>,
  now: Date,
): WarnedHours | null {
  const { state, awareAt } = breachClock(standing, now);
  if (awareAt === null || (state !== 'running' && state !== 'overdue')) return null;
  return lastOver(warnedHours, awareAt, { warned: standing.warned, now });
}

/**
 * The same of one that is only suspected, from when it was noticed: nobody gains time by not looking.
 */
export function dueSuspicion(
  {
    state,
    opening,
    suspicionWarned,
  }: Pick<BreachStanding, 'state' | 'opening' | 'suspicionWarned'>,
  now: Date,
): SuspectedHours | null {
  if (state !== 'suspected') return null;
  return lastOver(suspectedHours, opening.noticedAt, { warned: suspicionWarned, now });
}

function lastOver<Hours extends number>(
  marks: readonly Hours[],
  from: string,
  { warned, now }: { warned: ReadonlySet<number>; now: Date },
): Hours | null {
  const passed = marks.findLast((hours) => now.getTime() >= Date.parse(from) + hours * hourMs);
  if (passed === undefined) return null;
  return [...warned].some((hours) => hours >= passed) ? null : passed;
}
