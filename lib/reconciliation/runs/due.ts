/** When a place is to be looked at again. Pure. */
import type { Place } from '../place.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What only took time is looked at again soon, so that it closes when the other side has come. */
const timingAgainMs = 60_000;

export type Looked = {
  place: Place;
  isHourly: boolean;
  /** When its last run was; null without one. */
  lastRun: Date | null;
  /** Whether a break of it waits for nothing but time. */
  hasTiming: boolean;
  /** When a balance of it was last found that no movement explains; null for never. */
  unexplainedAt: Date | null;
};

/** Each clock hour, or each day in UTC, has its own run. One that is dated ahead is none. */
export function isDue({ isHourly, lastRun, hasTiming, unexplainedAt }: Looked, now: Date): boolean {
  if (lastRun === null || lastRun > now) return true;
  if (unexplainedAt !== null && unexplainedAt > lastRun && unexplainedAt <= now) return true;
  const period = isHourly ? hourMs : dayMs;
  const began = Math.floor(now.getTime() / period) * period;
  if (lastRun.getTime() < began) return true;
  return hasTiming && now.getTime() - lastRun.getTime() >= timingAgainMs;
}
