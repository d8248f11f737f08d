/**
 * Wall clocks of IANA time zones through Intl, exact to the millisecond: an instant as it is read in a place, and
 * the instant at which a place's clocks show a time, also where clocks change. Pure.
 */

/** Milliseconds. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What a wall clock and the calendar beside it show. */
export type Local = {
  /** Such as "2026-06-09". */
  day: string;
  /** To the second, such as "15:30:00". */
  time: string;
  /** 0 to 999. */
  millisecond: number;
  /** How far the clock is ahead of UTC, in minutes. */
  offset: number;
};

/** Zones that one process talks about; more than there are Member States, and no more memory than that. */
const KEPT_ZONES = 64;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** True for the name of a place's zone, such as Europe/Berlin, and for UTC. Bare offsets know no summer time. */
export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || !/^[A-Za-z]/.test(zone) || zone.length > 60) return false;
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** @throws RangeError for what is no zone. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (clocks.size >= KEPT_ZONES) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

/**
 * What the clock of a zone shows.
 * @param instant milliseconds since 1970, from the year 1000 to 9999.
 * @throws RangeError for what is no zone or no instant.
 */
export function localOf(instant: number, zone: string): Local {
  // The parts in their order in American English; formatToParts takes several times as long.
  const [month, date, year, hour, minute, second] =
    clockOf(zone).format(instant).match(/\d+/g) ?? [];
  const day = `${year}-${month}-${date}`;
  const time = `${hour}:${minute}:${second}`;
  const millisecond = ((instant % SECOND) + SECOND) % SECOND;
  const shown = Date.parse(`${day}T${time}Z`) + millisecond;
  return { day, time, millisecond, offset: Math.round((shown - instant) / MINUTE) };
}

/**
 * Every instant at which the clocks of a zone show a time, in order: none in the hour that clocks skip in spring,
 * two in the hour that they repeat in autumn, else one.
 * @param day such as "2026-06-09"; a real day.
 * @param time such as "12:00:00".
 */
export function instantsAt(day: string, time: string, zone: string): number[] {
  const asUtc = Date.parse(`${day}T${time}Z`);
  const offsets = new Set(
    [asUtc - DAY, asUtc, asUtc + DAY].map((instant) => localOf(instant, zone).offset),
  );
  return [...offsets]
    .map((offset) => asUtc - offset * MINUTE)
    .filter((instant) => {
      const shown = localOf(instant, zone);
      return shown.day === day && shown.time === time;
    })
    .toSorted((one, other) => one - other);
}

/**
 * The instant at which the clocks of a zone show a time, made for limits, so it is never later than another way to
 * read it: of two such instants the first, and of a time that clocks skip the moment at which they jump.
 * @param day such as "2026-06-09"; a real day.
 * @param time such as "12:00:00".
 * @returns milliseconds since 1970.
 */
export function instantAt(day: string, time: string, zone: string): number {
  const [first] = instantsAt(day, time, zone);
  return first ?? jumpOver(day, time, zone);
}

/** The first instant after clocks have jumped over a time. */
function jumpOver(day: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${day}T${time}Z`);
  const wanted = `${day}T${time}`;
  const isPast = (instant: number): boolean => {
    const shown = localOf(instant, zone);
    return `${shown.day}T${shown.time}` > wanted;
  };
  // Zones are at most 14 hours from UTC, so the jump lies between.
  let before = asUtc - DAY;
  let after = asUtc + DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isPast(middle)) after = middle;
    else before = middle;
  }
  return after;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** An offset from UTC as ISO 8601 writes it, such as "+02:00". @param minutes ahead of UTC. */
const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** An instant by the clock of a zone in ISO 8601, such as "2026-06-09T15:30:00+02:00"; parts of a second if any. */
export function isoIn(instant: number, zone: string): string {
  const { day, time, millisecond, offset } = localOf(instant, zone);
  const fraction = millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`;
  return `${day}T${time}${fraction}${offsetText(offset)}`;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The day of the week: 0 is Sunday, 6 Saturday. @param day such as "2026-06-09". */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** @param day such as "2026-06-09"; a real day. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** A day as people read it, such as "Tuesday 9 June 2026". */
export function dayWords(day: string): string {
  const [year = '', month = '', number = ''] = day.split('-');
  return `${weekdays[weekdayOf(day)]} ${Number(number)} ${months[Number(month) - 1]} ${year}`;
}

/** An instant as people in a zone read it, such as "Tuesday 9 June 2026, 15:30 (+02:00)"; seconds only if any. */
export function localWords(instant: number, zone: string): string {
  const { day, time, offset } = localOf(instant, zone);
  const short = time.endsWith(':00') ? time.slice(0, 5) : time;
  return `${dayWords(day)}, ${short} (${offsetText(offset)})`;
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(0\d|1[0-4]):([0-5]\d))$/;
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;

export type ReadInstant =
  | { ok: true; instant: number }
  | { ok: false; fault: 'no-instant' | 'no-offset' | 'impossible' };

/**
 * Reads an instant in ISO 8601 with its offset, such as "2026-06-09T09:00:00+02:00". What is finer than a
 * millisecond is cut off.
 */
export function readInstant(text: unknown): ReadInstant {
  if (typeof text !== 'string') return { ok: false, fault: 'no-instant' };
  const match = INSTANT.exec(text);
  if (!match)
    return {
      ok: false,
      fault: WITHOUT_OFFSET.test(text) ? 'no-offset' : faultOf(text),
    };
  const [, day = '', hour, minute, second = '00', fraction = '', , sign, hours, minutes] = match;
  const start = Date.parse(`${day}T00:00:00Z`);
  // Date knows 30 February as 2 March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day)
    return { ok: false, fault: 'impossible' };
  const shown =
    start +
    Number(hour) * HOUR +
    Number(minute) * MINUTE +
    Number(second) * SECOND +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return { ok: true, instant: sign === '-' ? shown + offset : shown - offset };
}

/** Digits in the places of an instant are one that can't be; anything else is none. */
const faultOf = (text: string): 'impossible' | 'no-instant' =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)
    ? 'impossible'
    : 'no-instant';
