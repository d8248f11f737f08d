/**
 * The days without work in a Member State, from the package `date-holidays`, which is data of 800 kB: for servers
 * only (decision 20). Whole days of the types public and bank count; half days, such as Christmas Eve from 14:00, are
 * working days, because the law knows no part of one.
 */
import Holidays, { type HolidaysTypes } from 'date-holidays';
import { contentDigest } from '#lib/audit/content-digest.ts';
import { readDay } from './days.ts';
import { DeadlineError } from './deadline-input.ts';
import { holidayCorrections } from './holiday-corrections.ts';
import { readMemberState, type MemberState } from './member-states.ts';
import { DAY, dayAfter, HOUR } from './time-zones.ts';

/** The version in package.json; a test holds it to what is installed. */
export const CALENDAR_PACKAGE = 'date-holidays 3.37.0';

export type HolidayChoice = {
  /** ISO code; EL for Greece is understood. */
  memberState: string;
  /** Subdivision whose holidays count too, such as BY; none for national ones only. */
  region?: string | null | undefined;
  /** What the entity knows better: days, as YYYY-MM-DD. */
  overrides: { added: readonly string[]; removed: readonly string[] };
};

export type BankHoliday = { date: string; name: string };

export type BankHolidays = {
  /** In order, each date once. */
  days: readonly BankHoliday[];
  /** Package, version, place and a digest of our changes: the same text means the same calendar. */
  calendarVersion: string;
};

const YEARS = { first: 2000, last: 2100, most: 50 };
const MOST_OVERRIDES = 500;
/** Years of places that are kept: every Member State for a few decades of deadlines. */
const KEPT_YEARS = 600;
const known = new Map<string, readonly BankHoliday[]>();
const corrections = contentDigest(holidayCorrections);

/** One calendar of a place in the library's memory, whichever was asked for last: making it costs milliseconds. */
let lastCalendar: { place: string; calendar: Holidays } | null = null;

/**
 * The bank holidays of a place, with what the entity added and removed.
 * @param fromYear first year, 2000 or later.
 * @param toYear last year, 2100 or earlier, at most 50 years in all.
 * @throws DeadlineError with `field` and `reason` for an unknown place, years or days that can't be.
 */
export function bankHolidaysOf(
  choice: HolidayChoice,
  fromYear: number,
  toYear: number,
): BankHolidays {
  const memberState = readState(choice.memberState);
  const region = readRegion(memberState, choice.region ?? null);
  readYears(fromYear, toYear);
  const added = readDays(choice.overrides.added, 'overrides.added');
  const removed = readDays(choice.overrides.removed, 'overrides.removed');
  const days = new Map<string, BankHoliday>();
  for (let year = fromYear; year <= toYear; year += 1)
    for (const day of holidaysIn(memberState, region, year)) days.set(day.date, day);
  for (const date of added) {
    const year = Number(date.slice(0, 4));
    if (year >= fromYear && year <= toYear && !days.has(date))
      days.set(date, { date, name: 'Added by the entity' });
  }
  for (const date of removed) days.delete(date);
  return {
    days: [...days.values()].toSorted((one, other) => (one.date < other.date ? -1 : 1)),
    calendarVersion: versionOf(memberState, region, added, removed),
  };
}

type Region = { code: string; name: string };
/** One entry for each Member State that was asked for. */
const knownRegions = new Map<MemberState, readonly Region[]>();

/** The subdivisions of a Member State with holidays of their own, in the order of their codes. */
export function regionsOf(memberState: string): readonly Region[] {
  const state = readState(memberState);
  const before = knownRegions.get(state);
  if (before) return before;
  const names: unknown = new Holidays().getStates(state, 'en');
  const regions = Object.entries((names ?? {}) as Record<string, string>)
    .map(([code, name]) => ({ code, name }))
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
  knownRegions.set(state, regions);
  return regions;
}

function versionOf(
  memberState: MemberState,
  region: string | null,
  added: readonly string[],
  removed: readonly string[],
): string {
  const changes = { added, removed, corrections };
  const place = region === null ? memberState : `${memberState}-${region}`;
  return `${CALENDAR_PACKAGE} ${place} ${contentDigest(changes).slice(0, 16)}`;
}

function holidaysIn(
  memberState: MemberState,
  region: string | null,
  year: number,
): readonly BankHoliday[] {
  const place = region === null ? memberState : `${memberState}-${region}`;
  const key = `${place} ${year}`;
  const before = known.get(key);
  if (before) return before;
  const days = calendarOf(place, memberState, region)
    .getHolidays(year, 'en')
    .filter(isWholeDay)
    .flatMap(daysOf);
  if (known.size >= KEPT_YEARS) known.clear();
  known.set(key, days);
  return days;
}

function calendarOf(place: string, memberState: MemberState, region: string | null): Holidays {
  if (lastCalendar?.place === place) return lastCalendar.calendar;
  const options: HolidaysTypes.Options = { types: ['public', 'bank'] };
  const calendar =
    region === null
      ? new Holidays(memberState, options)
      : new Holidays(memberState, region, options);
  for (const { memberState: corrected, rule, counts, name } of holidayCorrections)
    if (corrected === memberState) {
      if (counts) calendar.setHoliday(rule, { name: { en: name }, type: 'public' });
      else calendar.unsetRule(rule);
    }
  lastCalendar = { place, calendar };
  return calendar;
}

/** Whole days. One on which clocks change has 23 or 25 hours, so an hour is forgiven. */
const daysLong = ({ start, end }: HolidaysTypes.Holiday): number =>
  Math.floor((end.getTime() - start.getTime() + HOUR) / DAY);

const isWholeDay = (holiday: HolidaysTypes.Holiday): boolean =>
  holiday.date.slice(11, 19) === '00:00:00' && daysLong(holiday) >= 1;

/** Each day of a holiday that lasts several. */
function daysOf(holiday: HolidaysTypes.Holiday): BankHoliday[] {
  const days: BankHoliday[] = [];
  let date = holiday.date.slice(0, 10);
  for (let count = daysLong(holiday); count > 0; count -= 1) {
    days.push({ date, name: holiday.name });
    date = dayAfter(date);
  }
  return days;
}

function readState(text: unknown): MemberState {
  const state = typeof text === 'string' ? readMemberState(text) : null;
  if (state === null)
    throw new DeadlineError('memberState', 'Give the code of a Member State, such as DE.');
  return state;
}

function readRegion(memberState: MemberState, region: string | null): string | null {
  if (region === null) return null;
  if (!regionsOf(memberState).some(({ code }) => code === region))
    throw new DeadlineError('region', 'This Member State has no such region in the calendar.');
  return region;
}

function readYears(from: number, to: number): void {
  const isYear = (year: number): boolean =>
    Number.isInteger(year) && year >= YEARS.first && year <= YEARS.last;
  if (!isYear(from) || !isYear(to) || to < from || to - from >= YEARS.most)
    throw new DeadlineError(
      'years',
      `Give years from ${YEARS.first} to ${YEARS.last}, in order, at most ${YEARS.most} of them.`,
    );
}

/** In order and each once, so that the same changes have the same digest. */
function readDays(days: unknown, field: string): string[] {
  if (!Array.isArray(days) || days.length > MOST_OVERRIDES)
    throw new DeadlineError(field, `Give a list of at most ${MOST_OVERRIDES} days.`);
  const read = days.map((text: unknown, index) => {
    const day = readDay(text);
    if (day === null || day !== text)
      throw new DeadlineError(`${field}[${index}]`, 'Give a day that exists, such as 2026-12-25.');
    return day;
  });
  return [...new Set(read)].toSorted();
}
