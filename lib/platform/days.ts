/** Days of the calendar, yyyy-mm-dd in UTC, and instants. Pure, for screens too. */

export const dayMs = 86_400_000;

/** The first instant of a day. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

/** The first instant after a day. */
export const endOfDay = (day: string): Date => new Date(startOfDay(day).getTime() + dayMs);

/** The day of an instant. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * True for a day within the life of people and of what they plan. A date field takes the year 26 where somebody meant 2026,
 * and every time limit counted from such a day is over at once.
 */
export const isWithinReach = (day: string): boolean => day >= '1900-01-01' && day < '2200-01-01';

/** An ISO instant to the minute, as documents say it: `2026-11-29 09:10 UTC`. */
export const minuteInUtc = (instant: string): string =>
  `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** True for a day that exists, written in full. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = startOfDay(text);
  return !Number.isNaN(at.getTime()) && dayOf(at) === text;
}
