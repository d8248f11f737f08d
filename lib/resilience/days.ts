/** Reckoning with days of the calendar, yyyy-mm-dd in UTC. Pure. */
import { startOfDay } from '#lib/platform/days.ts';

/** A day that many days later; earlier for a negative number. */
export function daysAfter(day: string, days: number): string {
  const at = startOfDay(day);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The same day that many months later; the last of the month where that month is shorter. */
export function monthsAfter(day: string, months: number): string {
  const at = startOfDay(day);
  const date = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(date, last));
  return at.toISOString().slice(0, 10);
}

export const yearAfter = (day: string): string => monthsAfter(day, 12);

/** Whether something with this last day still goes on; null for an open end. */
export const goesOn = (endsOn: string | null, today: string): boolean =>
  endsOn === null || endsOn >= today;

export { dayOf } from '#lib/platform/days.ts';
