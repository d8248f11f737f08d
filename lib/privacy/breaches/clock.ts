/** The 72 hours of a breach, from the instant we were aware of it (GDPR Art 33(1)). Pure, for screens too. */
import { breachDeadline } from '../deadlines.ts';
import {
  personsWarnedHours,
  restWarnedHours,
  type PersonsWarnedHours,
  type RestWarnedHours,
} from '../targets.ts';
import type { BreachStanding } from './fold.ts';
import {
  suspectedHours,
  suspectedTarget,
  warnedHours,
  type SuspectedHours,
  type WarnedHours,
} from './life.ts';

const hourMs = 3_600_000;

export type BreachClock = {
  /**
   * `waiting`: nobody is aware of a breach yet; `lying`: so for longer than our own target; `running` and `overdue`: the authority waits; `met` and `late`: it was
   * told; `none`: it was decided that no risk is likely, or that it is no breach.
   */
  state: 'waiting' | 'lying' | 'running' | 'overdue' | 'met' | 'late' | 'none';
  /** ISO instants. */
  awareAt: string | null;
  dueAt: string | null;
  /** Until when one that is only suspected is confirmed or proposed to be none, by our own target; null otherwise. */
  decideBy: string | null;
  /** Until then, or since then where it is over: whole days and the whole hours beyond them; null where nothing runs. */
  left: { days: number; hours: number } | null;
};

type Clocked = Pick<
  BreachStanding,
  'state' | 'suspectedAt' | 'awareAt' | 'notifiedAt' | 'clearedAt'
>;

/** @param zone of the seat; it changes how the end is written, never when it is. */
export function breachClock(standing: Clocked, now: Date, zone = 'UTC'): BreachClock {
  const { awareAt, notifiedAt, clearedAt } = standing;
  if (awareAt === null) return suspicionClock(standing, now);
  const known = { awareAt, decideBy: null };
  const dueAt = breachDeadline({ aware: awareAt, time_zone: zone }).notify_authority_due;
  const due = Date.parse(dueAt);
  if (notifiedAt !== null)
    return { ...known, state: Date.parse(notifiedAt) <= due ? 'met' : 'late', dueAt, left: null };
  if (clearedAt !== null) return { ...known, state: 'none', dueAt, left: null };
  const state = due < now.getTime() ? 'overdue' : 'running';
  return { ...known, state, dueAt, left: wholeHours(due - now.getTime()) };
}

/** Nobody is aware of it yet: it is looked into at once, or it was found to be none. */
function suspicionClock({ state, suspectedAt }: Clocked, now: Date): BreachClock {
  const none = { awareAt: null, dueAt: null };
  if (state !== 'suspected') return { ...none, state: 'none', decideBy: null, left: null };
  const by = Date.parse(suspectedAt) + suspectedTarget * hourMs;
  return {
    ...none,
    state: by < now.getTime() ? 'lying' : 'waiting',
    decideBy: new Date(by).toISOString(),
    left: wholeHours(by - now.getTime()),
  };
}

function wholeHours(ms: number): { days: number; hours: number } {
  const hours = Math.floor(Math.abs(ms) / hourMs);
  return { days: Math.floor(hours / 24), hours: hours % 24 };
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
 * The same of one that is only suspected, from when we heard of it: nobody gains time by not looking.
 */
export function dueSuspicion(
  {
    state,
    suspectedAt,
    suspicionWarned,
  }: Pick<BreachStanding, 'state' | 'suspectedAt' | 'suspicionWarned'>,
  now: Date,
): SuspectedHours | null {
  if (state !== 'suspected') return null;
  return lastOver(suspectedHours, suspectedAt, { warned: suspicionWarned, now });
}

/** The same of persons who are to be told of a high risk, from when it was first found to be high (Art 34(1)). */
export const duePersonsWarning = (
  { highSince, personsWarned: warned }: Pick<BreachStanding, 'highSince' | 'personsWarned'>,
  now: Date,
): PersonsWarnedHours | null =>
  highSince === null ? null : lastOver(personsWarnedHours, highSince, { warned, now });

/** The same of what the authority lacks, from when it heard of the breach first (Art 33(4)). */
export const dueRestWarning = (
  { notifiedAt, restWarned: warned }: Pick<BreachStanding, 'notifiedAt' | 'restWarned'>,
  now: Date,
): RestWarnedHours | null =>
  notifiedAt === null ? null : lastOver(restWarnedHours, notifiedAt, { warned, now });

function lastOver<Hours extends number>(
  marks: readonly Hours[],
  from: string,
  { warned, now }: { warned: ReadonlySet<number>; now: Date },
): Hours | null {
  const passed = marks.findLast((hours) => now.getTime() >= Date.parse(from) + hours * hourMs);
  if (passed === undefined) return null;
  return [...warned].some((hours) => hours >= passed) ? null : passed;
}
