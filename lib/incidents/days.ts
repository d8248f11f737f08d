/** Days of the calendar as texts, "2026-11-28", which sort as they follow one another. Pure. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:$|T\d{2}:\d{2})/;

/**
 * Reads a day, or the day of an ISO instant as it is written there, in whatever zone.
 * @returns null for what is no day, such as 30 February.
 */
export function readDay(text: unknown): string | null {
  const match = typeof text === 'string' ? DAY.exec(text) : null;
  if (!match) return null;
  const [, year, month, day] = match;
  const isDay =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= lastOfMonth(Number(year), Number(month));
  return isDay ? `${year}-${month}-${day}` : null;
}

/**
 * The day that many calendar months later: the same number in that month, or its last day (Regulation 1182/71
 * Art 3). That day still belongs to the period.
 * @param day as readDay gives it.
 */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, number = 1] = day.split('-').map(Number);
  const count = year * 12 + month - 1 + months;
  const thatYear = Math.floor(count / 12);
  const thatMonth = (count % 12) + 1;
  const two = (part: number): string => String(part).padStart(2, '0');
  const thatDay = Math.min(number, lastOfMonth(thatYear, thatMonth));
  return `${String(thatYear).padStart(4, '0')}-${two(thatMonth)}-${two(thatDay)}`;
}

/** @param month 1 to 12. */
function lastOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
