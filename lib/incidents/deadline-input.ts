/** Reads what time limits are computed from, and says which of it can't be. Pure. */
import { readDay } from './days.ts';
import { readMemberState } from './member-states.ts';
import { dayWords, instantAt, isTimeZone, localWords, readInstant } from './time-zones.ts';

/** As other checks give it. Instants are ISO 8601 with offset, days are YYYY-MM-DD. */
export type DeadlineInput = {
  entity: {
    /**
     * As field 1.4 of the reports names it; other spellings, such as eba_CT:x303 or cryptoAssetServiceProvider, are
     * understood. A type that Art 5(5) does not name keeps the relief, one that is not known, too.
     */
    type: string;
    member_state: string;
    /** IANA name, such as Europe/Berlin. */
    time_zone: string;
    /** Identified under NIS2 Art 3. */
    nis2_essential_or_important?: boolean | undefined;
    /** When the authority's decision under Art 5(6) was notified: a day, or an instant with offset. */
    ca_disapplied_notified_on?: string | null | undefined;
  };
  /** Days without work besides weekends, in the entity's Member State. */
  bank_holidays: readonly string[];
  events: {
    /** Field 2.2. */
    awareness: string;
    /** Field 2.3. */
    classified_major?: string | null | undefined;
    initial_submitted?: string | null | undefined;
    /** The intermediate report and its updates, in any order. */
    intermediate_submitted?: readonly string[] | null | undefined;
  };
};

/** The same, checked; instants in milliseconds since 1970, lists in order of time. */
export type ReadInput = {
  entity: {
    /** As `typeKey` spells it. */
    type: string;
    zone: string;
    nis2: boolean;
    /** The first instant after the authority's decision; the start of its day where only that is known. */
    withdrawn: { from: number; words: string } | null;
  };
  bankHolidays: ReadonlySet<string>;
  events: {
    awareness: number;
    classifiedMajor: number | null;
    initialSubmitted: number | null;
    intermediateSubmitted: readonly number[];
  };
};

/** An input from which no time limit can be computed. The message is `field: reason`. */
export class DeadlineError extends Error {
  readonly field: string;
  /** A sentence for the person who entered it. */
  readonly reason: string;
  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.name = 'DeadlineError';
    this.field = field;
    this.reason = reason;
  }
}

/** Holidays of a few decades. */
export const MOST_HOLIDAYS = 5_000;
/** Far more updates than any incident has. */
const MOST = { bankHolidays: MOST_HOLIDAYS, updates: 1_000, typeLength: 200 };
/** Before that there was no such duty; after that nobody here reports. */
export const YEARS = { first: 2000, last: 2199 };

const instantSentences = {
  'no-instant': 'Give date, time and offset, such as 2026-06-09T09:00:00+02:00.',
  'no-offset':
    'This has no offset from UTC, so it is unclear which instant it is. Write it such as 2026-06-09T09:00:00+02:00.',
  impossible: 'There is no such day or time.',
} as const;

/** @throws DeadlineError */
export function readDeadlineInput(input: DeadlineInput): ReadInput {
  const { entity, bank_holidays: holidays, events } = objectsOf(input);
  return {
    entity: readEntity(entity),
    bankHolidays: new Set(
      readList(holidays, 'bank_holidays', MOST.bankHolidays).map((day, index) =>
        readWholeDay(day, `bank_holidays[${index}]`),
      ),
    ),
    events: readEvents(events),
  };
}

function objectsOf(input: DeadlineInput): DeadlineInput {
  const isObject = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(input)) throw new DeadlineError('input', 'Give entity, bank holidays and events.');
  for (const field of ['entity', 'events'] as const)
    if (!isObject(input[field])) throw new DeadlineError(field, 'This is missing.');
  return input;
}

function readEntity(entity: DeadlineInput['entity']): ReadInput['entity'] {
  const { type, member_state: state, time_zone: zone } = entity;
  const nis2: unknown = entity.nis2_essential_or_important;
  const withdrawn = entity.ca_disapplied_notified_on;
  const key = typeof type === 'string' && type.length <= MOST.typeLength ? typeKey(type) : '';
  if (key === '')
    throw new DeadlineError(
      'entity.type',
      'Give the type of entity, such as crypto-asset_service_provider.',
    );
  if (typeof state !== 'string' || readMemberState(state) === null)
    throw new DeadlineError('entity.member_state', 'Give the code of a Member State, such as DE.');
  if (!isTimeZone(zone))
    throw new DeadlineError('entity.time_zone', 'Give a time zone such as Europe/Berlin.');
  if (nis2 !== undefined && nis2 !== null && typeof nis2 !== 'boolean')
    throw new DeadlineError('entity.nis2_essential_or_important', 'Say true or false.');
  return {
    type: key,
    zone,
    nis2: nis2 === true,
    withdrawn: withdrawn === undefined || withdrawn === null ? null : readDecision(withdrawn, zone),
  };
}

/**
 * A type in one spelling: small letters and figures, words apart by underscores and in the singular. So are
 * "Credit institutions", `credit-institution` and `creditInstitution` the same.
 */
function typeKey(type: string): string {
  return type
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '') : word))
    .join('_');
}

function readDecision(text: unknown, zone: string): { from: number; words: string } {
  const field = 'entity.ca_disapplied_notified_on';
  if (typeof text === 'string' && text.includes('T')) {
    const notified = readMoment(text, field);
    return { from: notified + 1, words: localWords(notified, zone) };
  }
  const day = readWholeDay(text, field);
  return { from: instantAt(day, '00:00:00', zone), words: dayWords(day) };
}

function readEvents(events: DeadlineInput['events']): ReadInput['events'] {
  const awareness = readMoment(events.awareness, 'events.awareness');
  const laterThanAwareness = (text: unknown, field: string): number =>
    readMomentAfter(text, `events.${field}`, awareness, 'the entity became aware');
  const optional = (text: unknown, field: string): number | null =>
    text === undefined || text === null ? null : laterThanAwareness(text, field);
  const initialSubmitted = optional(events.initial_submitted, 'initial_submitted');
  const updates = readList(
    events.intermediate_submitted ?? [],
    'events.intermediate_submitted',
    MOST.updates,
  ).map((text, index) => {
    const field = `intermediate_submitted[${index}]`;
    const instant = laterThanAwareness(text, field);
    if (initialSubmitted !== null && instant < initialSubmitted)
      throw new DeadlineError(
        `events.${field}`,
        'This lies before the initial notification was submitted.',
      );
    return instant;
  });
  return {
    awareness,
    classifiedMajor: optional(events.classified_major, 'classified_major'),
    initialSubmitted,
    intermediateSubmitted: updates.toSorted((one, other) => one - other),
  };
}

/** @throws DeadlineError for what is no instant with offset. */
export function readMoment(text: unknown, field: string): number {
  const read = readInstant(text);
  if (!read.ok) throw new DeadlineError(field, instantSentences[read.fault]);
  const year = new Date(read.instant).getUTCFullYear();
  if (year < YEARS.first || year > YEARS.last)
    throw new DeadlineError(
      field,
      `Check the year: it is not from ${YEARS.first} to ${YEARS.last}.`,
    );
  return read.instant;
}

/** @throws DeadlineError for what is no instant with offset, or lies before another. */
export function readMomentAfter(
  text: unknown,
  field: string,
  earliest: number,
  what: string,
): number {
  const instant = readMoment(text, field);
  if (instant < earliest) throw new DeadlineError(field, `This lies before ${what}.`);
  return instant;
}

/** @throws DeadlineError for what is no day of the calendar. */
export function readWholeDay(text: unknown, field: string): string {
  const day = readDay(text);
  if (day === null || day !== text)
    throw new DeadlineError(field, 'Give a day that exists, such as 2026-12-25.');
  return day;
}

/** @throws DeadlineError for what is no list, or a longer one. */
export function readList(list: unknown, field: string, most: number): readonly unknown[] {
  if (!Array.isArray(list)) throw new DeadlineError(field, 'Give a list.');
  if (list.length > most) throw new DeadlineError(field, `Give at most ${most}.`);
  return list;
}
