/** Words and marks of requests, for screens. Pure. */
import {
  refusalGrounds,
  rights,
  type RefusalGround,
  type RequestState,
  type Right,
} from '#lib/privacy/requests/life.ts';
import type { StatusShape } from '../../ui/status-mark.tsx';
import type { Tone } from '../../ui/tone.ts';

export type Mark = { shape: StatusShape; tone: Tone; words: string };

/** "Access and copy (Art 15)". */
export const rightName = (right: Right): string =>
  `${rights[right].name} (Art ${rights[right].article})`;

/** "Legal claims (Art 17(3)(e))". */
export const groundWords = (ground: RefusalGround): string =>
  `${refusalGrounds[ground].name} (Art ${refusalGrounds[ground].article})`;

const waiting: ReadonlySet<RequestState> = new Set(['identity', 'clarification', 'proposed']);
const ended: ReadonlySet<RequestState> = new Set(['closed', 'withdrawn', 'duplicate']);

/** Ring: waits for somebody. Dot: under way. Square: at rest. */
export function stateShape(state: RequestState): { shape: StatusShape; tone: Tone } {
  if (ended.has(state)) return { shape: 'square', tone: 'quiet' };
  return { shape: waiting.has(state) ? 'ring' : 'dot', tone: 'neutral' };
}

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

export type ShownClock = {
  /** running | paused | met | late | stopped */
  state: string;
  /** ISO days. */
  dueOn: string;
  targetOn: string;
  /** Whole days to the end in law; null once the clock has stopped. */
  daysLeft: number | null;
};

/**
 * How a request's time stands. Once the internal target is over the mark warns, though the law's day is not.
 */
export function clockMark({ state, targetOn, dueOn, daysLeft }: ShownClock): Mark {
  if (state === 'met') return { shape: 'dot', tone: 'good', words: 'Answered in time' };
  if (state === 'late') return { shape: 'square', tone: 'danger', words: 'Answered late' };
  if (daysLeft === null) return { shape: 'square', tone: 'quiet', words: 'Stopped' };
  if (daysLeft < 0)
    return { shape: 'triangle', tone: 'danger', words: `Overdue by ${days(-daysLeft)}` };
  if (state === 'paused') return { shape: 'ring', tone: 'neutral', words: 'Paused' };
  if (daysLeft === 0) return { shape: 'triangle', tone: 'danger', words: 'Due today' };
  const toTarget = (Date.parse(dueOn) - Date.parse(targetOn)) / 86_400_000;
  return daysLeft < toTarget
    ? { shape: 'triangle', tone: 'caution', words: `${days(daysLeft)} left` }
    : { shape: 'ring', tone: 'neutral', words: `${days(daysLeft)} left` };
}
