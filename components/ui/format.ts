/**
 * Text forms of instants, spans and figures. All of it is plain arithmetic on UTC: `Intl` would
 * answer differently on the server and in a browser, and evidence must read the same everywhere.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export type InstantStyle = 'second' | 'minute' | 'day' | 'time' | 'time-minute';

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Absolute UTC text of an instant: `23 Nov 2026, 14:06:41 UTC`; `minute` leaves the seconds out,
 * `day` the time, `time` and `time-minute` the day. Throws RangeError on what is no instant.
 */
export function formatInstant(instant: string | number, style: InstantStyle = 'second'): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) throw new RangeError(`Not an instant: ${instant}`);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const minute = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  const second = `${minute}:${two(date.getUTCSeconds())}`;
  if (style === 'day') return day;
  if (style === 'time') return `${second} UTC`;
  if (style === 'time-minute') return `${minute} UTC`;
  return `${day}, ${style === 'second' ? second : minute} UTC`;
}

/** A day of the calendar, 2026-11-29, as a person reads it. */
export const formatDay = (date: string): string => formatInstant(`${date}T00:00:00.000Z`, 'day');

/**
 * A span in the two units a person reads at a glance: `6 d 22 h`, `41 h 12 min`, `3 h 51 min`,
 * `12 min`, and from ten minutes down with seconds: `9 min 05 s`, `42 s`. Rounded down, never below 0.
 */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  if (minutes >= 10) return `${minutes} min`;
  if (minutes > 0) return `${minutes} min ${two(seconds % 60)} s`;
  return `${seconds} s`;
}

const DECIMAL = /^([+\-−]?)(0|[1-9]\d*)(\.\d+)?$/;

/**
 * Groups the whole part of an exact decimal in threes: `14200.000000` → `14,200.000000`. Every
 * digit given is shown; none is added. Throws RangeError on anything else than a plain decimal.
 */
export function groupThousands(decimal: string): string {
  const match = DECIMAL.exec(decimal);
  if (!match) throw new RangeError(`Not a plain decimal: ${decimal}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return `${sign.replace('-', '−')}${grouped}${fraction}`;
}

/** Cuts a text into pieces of `size` characters; the last may be shorter. */
export function inGroups(text: string, size = 4): string[] {
  const groups: string[] = [];
  for (let start = 0; start < text.length; start += size) {
    groups.push(text.slice(start, start + size));
  }
  return groups;
}
