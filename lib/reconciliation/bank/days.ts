/** Calendar days between text and the database's `date`. Pure. */

/** The day as the database takes it. @param day such as `2026-11-27`. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The day of a `date` column. */
export const dayText = (date: Date): string => date.toISOString().slice(0, 10);

const HOUR_MS = 3_600_000;

/**
 * The latest day that it is anywhere on Earth: a bank dates by its own calendar, of which only this
 * much is known here.
 */
export const latestDay = (now: Date): string => dayText(new Date(now.getTime() + 14 * HOUR_MS));
