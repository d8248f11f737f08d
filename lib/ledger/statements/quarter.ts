/** Quarters of a calendar year in UTC, named like 2026-Q3. Pure. */

export type Period = { from: Date; to: Date };

const name = /^(2\d{3})-Q([1-4])$/;

/** From its first instant to the first of the next quarter; null for what names no quarter. */
export function quarterPeriod(quarter: string): Period | null {
  const [, year = '', place = ''] = name.exec(quarter) ?? [];
  if (year === '') return null;
  const month = (Number.parseInt(place, 10) - 1) * 3;
  const first = Number.parseInt(year, 10);
  return { from: new Date(Date.UTC(first, month)), to: new Date(Date.UTC(first, month + 3)) };
}

/** Whether a batch of this name is that of a quarter. */
export const isQuarter = (text: string): boolean => name.test(text);

/** The quarter that an instant lies in. */
export const quarterOf = (instant: Date): string =>
  `${instant.getUTCFullYear()}-Q${Math.floor(instant.getUTCMonth() / 3) + 1}`;

/** The newest quarter that is over. */
export const lastQuarter = (now: Date): string =>
  quarterOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3)));

/** How often each client gets a statement at the least (MiCA Art 75(5)). */
export const statementEveryMonths = 3;

/** When the next statement of a client is due that had its last one, or its first entry, then. */
export function nextDue(since: Date): Date {
  const due = new Date(since);
  const day = due.getUTCDate();
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + statementEveryMonths);
  // The last day of a month that has no such day: 30 November + 3 months is 28 February.
  const last = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(day, last));
  return due;
}
