/** From when periods count that hang on the end of what somebody was to a client. Pure. */
import { dayMs, dayOf } from '#lib/platform/days.ts';

/** Days for which an end that was recorded can be taken back, and nothing counts from it yet. */
export const graceDays = 30;

type End = { until: Date; endsRecorded: Date | null };

/**
 * The day that was said, or thirty days after the end was recorded where that is later: one officer records an end alone,
 * and a wrong one is to be seen before anything goes by it. The same as `tie_ended_on` in the database.
 * @returns YYYY-MM-DD of UTC.
 */
export function endedOn({ until, endsRecorded }: End): string {
  const counted = endsRecorded === null ? 0 : endsRecorded.getTime() + graceDays * dayMs;
  return dayOf(new Date(Math.max(until.getTime(), counted)));
}

/** Until when an end can be taken back; null for a tie that was over when it came on record. */
export const takenBackUntil = ({ endsRecorded }: Pick<End, 'endsRecorded'>): Date | null =>
  endsRecorded && new Date(endsRecorded.getTime() + graceDays * dayMs);
