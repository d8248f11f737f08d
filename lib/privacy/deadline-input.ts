/** Reads what the time limits of people's requests and of breaches are counted from. Pure. */
import { readDay } from '#lib/incidents/days.ts';
import {
  DeadlineError,
  MOST_HOLIDAYS,
  readList,
  readMoment,
  readWholeDay,
  YEARS,
} from '#lib/incidents/deadline-input.ts';
import { isTimeZone, localOf } from '#lib/incidents/time-zones.ts';

export { DeadlineError };

/** From the question to the answer: days as YYYY-MM-DD, or instants in ISO 8601 with offset. */
export type Suspension = readonly [from: string, to: string];

export type RequestDeadlineInput = {
  /** ISO 8601 with offset. */
  received: string;
  /** Zone of the controller's seat, such as Europe/Berlin. */
  time_zone: string;
  /** Days without work at the seat besides weekends, as YYYY-MM-DD. */
  public_holidays: readonly string[];
  /** True once the person was told that it takes two months longer. */
  extended?: boolean | undefined;
  suspensions?: readonly Suspension[] | undefined;
};

/** The same, checked; days as YYYY-MM-DD. */
export type ReadRequest = {
  receivedOn: string;
  holidays: ReadonlySet<string>;
  extended: boolean;
  /** In order, those that overlap or touch made one. */
  suspensions: readonly { from: string; to: string; field: string }[];
};

/** Nobody asks one person more often than that about one request. */
const MOST_SUSPENSIONS = 100;

/** @throws DeadlineError */
export function readRequestInput(input: RequestDeadlineInput): ReadRequest {
  const given = fieldsOf(input, [
    'received',
    'time_zone',
    'public_holidays',
    'extended',
    'suspensions',
  ]);
  const zone = readZone(given['time_zone']);
  const receivedOn = localOf(readMoment(given['received'], 'received'), zone).day;
  const { extended = false, suspensions = [] } = given;
  if (typeof extended !== 'boolean') throw new DeadlineError('extended', 'Say true or false.');
  const holidays = readList(given['public_holidays'], 'public_holidays', MOST_HOLIDAYS).map(
    (day, index) => readWholeDay(day, `public_holidays[${index}]`),
  );
  const read = readList(suspensions, 'suspensions', MOST_SUSPENSIONS).map((one, index) =>
    readSuspension(one, `suspensions[${index}]`, receivedOn, zone),
  );
  return { receivedOn, holidays: new Set(holidays), extended, suspensions: merged(read) };
}

/** @throws DeadlineError */
export function readBreachInput(input: { aware: string; time_zone: string }): {
  aware: number;
  zone: string;
} {
  const given = fieldsOf(input, ['aware', 'time_zone']);
  return { zone: readZone(given['time_zone']), aware: readMoment(given['aware'], 'aware') };
}

/** A field that nobody reads was meant for something: leaving it out in silence would move a limit. */
function fieldsOf(input: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new DeadlineError('input', `Give an object with ${known.join(', ')}.`);
  const unknown = Object.keys(input).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new DeadlineError(
      unknown.slice(0, 60),
      `There is no such field. Give ${known.join(', ')}.`,
    );
  return { ...input };
}

function readZone(zone: unknown): string {
  if (!isTimeZone(zone))
    throw new DeadlineError('time_zone', 'Give a time zone such as Europe/Berlin.');
  return zone;
}

function readSuspension(
  given: unknown,
  field: string,
  receivedOn: string,
  zone: string,
): ReadRequest['suspensions'][number] {
  if (!Array.isArray(given) || given.length !== 2)
    throw new DeadlineError(field, 'Give two days: of the question and of the answer.');
  const from = readLocalDay(given[0], `${field}[0]`, zone);
  const to = readLocalDay(given[1], `${field}[1]`, zone);
  if (from < receivedOn) throw new DeadlineError(`${field}[0]`, 'This lies before the receipt.');
  if (to < from) throw new DeadlineError(`${field}[1]`, 'The answer lies before the question.');
  if (isInstant(given[0]) && isInstant(given[1])) {
    const isReversed = readMoment(given[1], field) < readMoment(given[0], field);
    if (isReversed) throw new DeadlineError(`${field}[1]`, 'The answer lies before the question.');
  }
  return { from, to, field: `${field}[0]` };
}

const isInstant = (text: unknown): text is string => typeof text === 'string' && text.includes('T');

function readLocalDay(text: unknown, field: string, zone: string): string {
  if (isInstant(text)) return localOf(readMoment(text, field), zone).day;
  const day = readDay(text);
  if (day === null || day !== text)
    throw new DeadlineError(
      field,
      'Give a day that exists, such as 2026-12-25, or an instant with its offset.',
    );
  const year = Number(day.slice(0, 4));
  if (year < YEARS.first || year > YEARS.last)
    throw new DeadlineError(
      field,
      `Check the year: it is not from ${YEARS.first} to ${YEARS.last}.`,
    );
  return day;
}

function merged(suspensions: ReadRequest['suspensions']): ReadRequest['suspensions'] {
  const joined: { from: string; to: string; field: string }[] = [];
  for (const one of suspensions.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (last && one.from <= last.to) last.to = one.to > last.to ? one.to : last.to;
    else joined.push({ ...one });
  }
  return joined;
}
