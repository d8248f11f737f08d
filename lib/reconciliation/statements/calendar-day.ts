/** Days as the ISO messages write them. Pure. */

/** True for a day that exists, written as `2026-11-27`, of the years 1900 to 2199. */
export function isDay(text: string): boolean {
  if (!/^(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const clock = /^T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?/;
const zone = /^(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?$/;

/**
 * The day of an `xs:date` or `xs:dateTime` as the bank wrote it: its own calendar, whatever its zone.
 * @returns null when the text is neither.
 */
export function dayOf(text: string): string | null {
  const day = text.slice(0, 10);
  if (!isDay(day)) return null;
  return zone.test(text.slice(10).replace(clock, '')) ? day : null;
}
