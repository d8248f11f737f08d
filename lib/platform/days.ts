/** Days of the calendar, yyyy-mm-dd in UTC, and instants. Pure, for screens too. */

export const dayMs = 86_400_000;

/** The first instant of a day. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

/** The first instant after a day. */
export const endOfDay = (day: string): Date => new Date(startOfDay(day).getTime() + dayMs);

/** The day of an instant. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
