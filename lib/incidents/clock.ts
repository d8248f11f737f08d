/** A clock as screens show it: one duty towards somebody, how far its time has run, and why. Pure. */
import { lastHours, warningShares } from './deadline-rules.ts';
import { HOUR, isoIn, localWords } from './time-zones.ts';

export type ClockId =
  | 'initial'
  | 'intermediate'
  | 'updated'
  | 'final'
  | 'clients'
  | 'breach-authority'
  | 'breach-persons';

export type ClockState =
  | 'open'
  /** The first share of its time at which people are warned has run. */
  | 'warning'
  | 'last-hour'
  | 'overdue'
  | 'met'
  | 'late'
  /** The duty is gone. */
  | 'stopped'
  /** It has not begun; its limits are what is to be expected. */
  | 'projected';

/** The same as it is kept with the incident: it does not change by time alone, but for what is open to begin with. */
export type ClockStanding = 'running' | 'projected' | 'met' | 'late' | 'stopped';

/** Instants in ISO 8601 by the clock of the entity's zone. */
export type Clock = {
  id: ClockId;
  name: string;
  /** Who has to be told. */
  to: string;
  /** From when its time runs; null for a projection. */
  start: string | null;
  /** Where the span ends; null for a duty without a number. */
  limit: string | null;
  /** The limit, or what a relief makes of it. */
  due: string | null;
  /** Begins with the article. */
  basis: string;
  /** True where noon of the next working day counts instead of the limit. */
  relief: boolean;
  state: ClockState;
  standing: ClockStanding;
  doneAt: string | null;
  /** Part of the time that has run, 0 to 1; null where there is no number, and for a projection. */
  share: number | null;
  /** When people are warned; the last one is the limit, where it escalates. Empty when nothing runs. */
  warnings: readonly { percent: number; at: string }[];
  /** What it was computed from. */
  inputs: readonly { label: string; value: string }[];
  /** The rule in plain sentences. */
  sentence: string;
};

/** A clock before anybody looks at it; instants in milliseconds since 1970. */
export type ClockDraft = Pick<Clock, 'id' | 'name' | 'to' | 'basis' | 'relief' | 'inputs'> & {
  start: number | null;
  limit: number | null;
  due: number | null;
  done: number | null;
  /** When the duty went away. */
  stopped: number | null;
  isProjected: boolean;
  isInTime: (sent: number) => boolean;
  sentences: readonly string[];
};

/**
 * How a clock stands at an instant.
 * @param now milliseconds since 1970.
 */
export function showClock(draft: ClockDraft, now: number, zone: string): Clock {
  const state = stateOf(draft, now);
  const iso = (instant: number | null): string | null =>
    instant === null ? null : isoIn(instant, zone);
  const { id, name, to, basis, relief, inputs } = draft;
  return {
    id,
    name,
    to,
    start: iso(draft.start),
    limit: iso(draft.limit),
    due: iso(draft.due),
    basis,
    relief,
    state,
    standing: standings[state],
    doneAt: iso(draft.done),
    share: shareOf(draft, now),
    warnings: state in running ? warningsOf(draft, zone) : [],
    inputs,
    sentence: [...draft.sentences, ...endWords(draft, state, zone)].join(' '),
  };
}

const running = { open: true, warning: true, 'last-hour': true, overdue: true };

const standings: Readonly<Record<ClockState, ClockStanding>> = {
  open: 'running',
  warning: 'running',
  'last-hour': 'running',
  overdue: 'running',
  met: 'met',
  late: 'late',
  stopped: 'stopped',
  projected: 'projected',
};

function stateOf(draft: ClockDraft, now: number): ClockState {
  const { done, stopped, due, isProjected } = draft;
  if (done !== null) return draft.isInTime(done) ? 'met' : 'late';
  if (stopped !== null) return 'stopped';
  if (isProjected) return 'projected';
  if (due === null) return 'open';
  if (!draft.isInTime(now)) return 'overdue';
  if (due - now <= lastHours * HOUR) return 'last-hour';
  const [first = 1] = warningShares;
  return (shareOf(draft, now) ?? 0) >= first ? 'warning' : 'open';
}

function shareOf(
  { start, due, done, stopped, isProjected }: ClockDraft,
  now: number,
): number | null {
  if (start === null || due === null || isProjected) return null;
  const until = done ?? (stopped === null ? now : Math.min(now, stopped));
  return due <= start ? 1 : Math.min(1, Math.max(0, (until - start) / (due - start)));
}

function warningsOf({ start, due }: ClockDraft, zone: string): Clock['warnings'] {
  if (start === null || due === null) return [];
  return warningShares.map((share) => ({
    percent: Math.round(share * 100),
    at: isoIn(Math.round(start + share * (due - start)), zone),
  }));
}

function endWords({ done, due, stopped }: ClockDraft, state: ClockState, zone: string): string[] {
  if (state === 'late' && done !== null) return [`Done late, on ${localWords(done, zone)}.`];
  if (state === 'stopped' && due !== null && stopped !== null && stopped > due)
    return ['It had run out before that.'];
  return [];
}
