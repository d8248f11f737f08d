/** By when this organisation wants to be done: before the law's day by every way of counting, and in hours where the law names none. Pure. */
import { monthsLater } from '#lib/incidents/days.ts';
import { DeadlineError, readRequestInput, type RequestDeadlineInput } from './deadline-input.ts';
import { countPeriods, daysLater, isWorkingDay } from './deadlines.ts';

/**
 * Hours within which the persons are told once a risk was found to be high: the law says without undue delay (Art 34(1)),
 * and what they can do against it they can do early only.
 */
const personsTold = 24;
/** Hours after that finding at which the system warns of persons who were not told. */
export const personsWarnedHours = [personsTold, 48, 72] as const;
export type PersonsWarnedHours = (typeof personsWarnedHours)[number];

/** Hours after the first part of a notification within which the authority has the rest (Art 33(4): no undue delay). */
const restTold = 72;
/** Hours after the first part at which the system warns of what of Art 33(3) the authority still lacks. */
export const restWarnedHours = [restTold, 168, 336] as const;
export type RestWarnedHours = (typeof restWarnedHours)[number];

/** Longer ahead than that nothing of a month is left. */
const MOST_DAYS_BEFORE = 25;

export type RequestTargets = {
  /** For the answer, or, when extended, for telling so. */
  first: string;
  /** For the answer when extended. */
  extended: string | null;
};

/**
 * Internal targets: the earlier of the ways to count, so many days before it, and on a working day. Ends are not moved
 * to the next working day here. Extended, there are two ways: three months from receipt, and two months from the first
 * end. From 31 January these give 30 and 28 April.
 * @param daysBefore 0 to 25.
 * @returns days as YYYY-MM-DD, never before the day of receipt.
 * @throws DeadlineError
 */
export function requestTargets(input: RequestDeadlineInput, daysBefore: number): RequestTargets {
  if (!Number.isInteger(daysBefore) || daysBefore < 0 || daysBefore > MOST_DAYS_BEFORE)
    throw new DeadlineError('days_before', `Give a whole number from 0 to ${MOST_DAYS_BEFORE}.`);
  const read = readRequestInput(input);
  const { first, extended } = countPeriods(read);
  const target = (day: string): string => {
    let at = daysLater(day, -daysBefore);
    while (at > read.receivedOn && !isWorkingDay(at, read.holidays)) at = daysLater(at, -1);
    return at < read.receivedOn ? read.receivedOn : at;
  };
  if (extended === null) return { first: target(first.unrolled), extended: null };
  const otherWay = daysLater(monthsLater(first.plain, 2), extended.added);
  const earlier = otherWay < extended.unrolled ? otherWay : extended.unrolled;
  return { first: target(first.unrolled), extended: target(earlier) };
}
