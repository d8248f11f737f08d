/**
 * When a person's request has to be answered, and a breach notified: Regulation (EU) 2016/679 (GDPR) Art 12(3) and
 * 33(1), counted as Regulation (EEC, Euratom) 1182/71 Art 3 counts. Works in Node without a build. Pure.
 */
import { monthsLater } from '#lib/incidents/days.ts';
import { DAY, dayAfter, HOUR, isoIn, weekdayOf } from '#lib/incidents/time-zones.ts';
import {
  DeadlineError,
  readBreachInput,
  readRequestInput,
  type ReadRequest,
  type RequestDeadlineInput,
} from './deadline-input.ts';

export { DeadlineError, type RequestDeadlineInput, type Suspension } from './deadline-input.ts';

/** Days at the controller's seat, as YYYY-MM-DD; what is due on a day is due by its end. */
export type RequestDeadlines = {
  /** Where the first month ends by the calendar alone, with the days of suspensions. */
  unrolled_date: string;
  /** The same, moved to the next working day where it falls on none. It stays the first month's end when extended. */
  due_date: string;
  /** Only when extended: three months from receipt, with suspensions, moved to a working day. */
  extended_due_date?: string;
  /** Only when extended: the last day on which the person can be told so. */
  extension_notice_due?: string;
};

const months = { first: 1, extended: 3 };
/** Days of the week without work: 0 is Sunday, 6 Saturday. */
const weekend: readonly number[] = [0, 6];
const breachHours = 72;

/**
 * The time limits of a request.
 *
 * The day of receipt, by the clocks of the seat, is not counted: the month ends on the same date of the next month, or on
 * that month's last day where it has no such date (1182/71 Art 3(1), (2)(c)). An end on a Saturday, a Sunday or a
 * public holiday moves to the end of the next working day (Art 3(4)).
 *
 * An extension makes it three months from receipt as one period, not two months from an end that was cut short or moved.
 * The person has to be told within the first month (12(3)). That is a period of a month as well, so its last day moves
 * like `due_date`, and `extension_notice_due` is that day; `unrolled_date` is the target that is safe by every reading.
 *
 * A suspension adds whole calendar days, from the day of the question, which is not counted, to the day of the answer,
 * which is: [1 June, 5 June] adds four, 2 to 5 June, because on the first of them the controller could still work and on
 * the last it waited until the answer came. So an end never comes before the answer. Days that several suspensions
 * share count once. They are added before the end is moved. One that begins after the period had ended by the calendar
 * is refused: nothing revives it, and days that a weekend gives are no time for questions. One that begins in the
 * months of an extension adds to those and leaves the first month's end where it was.
 * @throws DeadlineError with `field` and `reason` for whatever can't be counted from.
 */
export function requestDeadlines(input: RequestDeadlineInput): RequestDeadlines {
  const { first, extended } = countPeriods(readRequestInput(input));
  return {
    unrolled_date: first.unrolled,
    due_date: first.due,
    ...(extended === null
      ? {}
      : { extended_due_date: extended.due, extension_notice_due: first.due }),
  };
}

/**
 * When the authority has to be told of a breach: 72 elapsed hours after the controller became aware, on weekends, too,
 * and through changes of the clocks (GDPR Art 33(1)). No days are added under 1182/71 Art 3(5), which is disputed.
 * @param input `aware` in ISO 8601 with offset, `time_zone` of the seat.
 * @returns an instant by the clocks of the zone.
 * @throws DeadlineError with `field` and `reason`.
 */
export function breachDeadline(input: { aware: string; time_zone: string }): {
  notify_authority_due: string;
} {
  const { aware, zone } = readBreachInput(input);
  return { notify_authority_due: isoIn(aware + breachHours * HOUR, zone) };
}

/** A period and how its end came about. */
export type Period = {
  /** Its end by the calendar, before anything was added. */
  plain: string;
  /** Days that suspensions added. */
  added: number;
  unrolled: string;
  due: string;
};

/** Both periods of a request, in the steps by which they are counted. @throws DeadlineError */
export function countPeriods(read: ReadRequest): { first: Period; extended: Period | null } {
  const first = countPeriod(read, months.first, read.extended);
  return { first, extended: read.extended ? countPeriod(read, months.extended, false) : null };
}

/** @param goesOn true where a longer period takes up what begins after this one. */
function countPeriod(read: ReadRequest, length: number, goesOn: boolean): Period {
  const plain = monthsLater(read.receivedOn, length);
  let added = 0;
  for (const { from, to, field } of read.suspensions) {
    const end = daysLater(plain, added);
    if (from <= end) added += daysBetween(from, to);
    else if (!goesOn)
      throw new DeadlineError(field, `This lies after the period had ended, on ${end}.`);
  }
  const unrolled = daysLater(plain, added);
  return { plain, added, unrolled, due: rolled(unrolled, read.holidays) };
}

/** The day itself where it is a working day, else the next one. The chain ends with the list of holidays. */
function rolled(day: string, holidays: ReadonlySet<string>): string {
  let due = day;
  while (!isWorkingDay(due, holidays)) due = dayAfter(due);
  return due;
}

export const isWorkingDay = (day: string, holidays: ReadonlySet<string>): boolean =>
  !weekend.includes(weekdayOf(day)) && !holidays.has(day);

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** @param count may be negative. */
export const daysLater = (day: string, count: number): string =>
  new Date(startOf(day) + count * DAY).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / DAY;
