/** Spans as the report writes them, "DD:HH:MM": days, hours, minutes (ITS 2025/302, fields 3.15 and 3.16). Pure. */

const SPAN = /^(\d{1,3}):([01]\d|2[0-3]):([0-5]\d)$/;
const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * Reads a span: up to 999 days, hours below 24, minutes below 60.
 * @returns minutes; null for any other text.
 */
export function readSpan(text: string): number | null {
  const match = SPAN.exec(text);
  if (!match) return null;
  const [, days, hours, minutes] = match;
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes);
}

/**
 * Writes a span, such as "01:02:05".
 * @param minutes whole, 0 or more.
 */
export function spanFact(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return [Math.floor(minutes / DAY), Math.floor((minutes % DAY) / HOUR), minutes % HOUR]
    .map(two)
    .join(':');
}

/** A span in words, such as "1 day 2 h 5 min"; "0 min" for none. */
export function spanWords(minutes: number): string {
  const days = Math.floor(minutes / DAY);
  const hours = Math.floor((minutes % DAY) / HOUR);
  const words = [
    days === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'}`,
    hours === 0 ? '' : `${hours} h`,
    minutes % HOUR === 0 ? '' : `${minutes % HOUR} min`,
  ].filter((word) => word !== '');
  return words.length === 0 ? '0 min' : words.join(' ');
}
