/**
 * When the reports of a major incident are due (Delegated Regulation (EU) 2025/301 Art 5). Pure: the same inputs give
 * the same limits, so a limit that was stored with its inputs can be checked later.
 *
 * Hours are elapsed time, so a change of the clocks moves nothing; days, weekends and holidays are those on the
 * calendar of the entity's zone. A limit is where the span ends; what is due is the limit, or noon of the next working
 * day where the entity has that relief.
 */
import { monthsLater } from './days.ts';
import { relief, spans, type Report } from './deadline-rules.ts';
import { readDeadlineInput, type DeadlineInput, type ReadInput } from './deadline-input.ts';
import { reliefOf, type ReliefVerdict } from './relief.ts';
import { dayAfter, HOUR, instantAt, isoIn, localOf, SECOND, weekdayOf } from './time-zones.ts';

export { DeadlineError, type DeadlineInput } from './deadline-input.ts';

/** As other checks call it; instants in ISO 8601 by the clock of the entity's zone, with offset. */
export type IncidentDeadlines = {
  initial_limit: string;
  initial_due: string;
  /** Begins with the article. */
  initial_basis: string;
  initial_noon_relief: boolean;
  initial_on_time?: boolean;
  intermediate_limit?: string;
  intermediate_due?: string;
  intermediate_noon_relief?: boolean;
  /** Of the first intermediate report. */
  intermediate_on_time?: boolean;
  /** A day; the limit is its end. */
  final_limit_date?: string;
  final_due?: string;
  final_noon_relief?: boolean;
};

/** A limit with what is due for it; instants in milliseconds since 1970. */
export type Due = {
  limit: number;
  due: number;
  /** True where the limit falls on a weekend or bank holiday. */
  isOnFreeDay: boolean;
  /** True where noon of the next working day counts instead of the limit. */
  relieved: boolean;
  /** Whether the entity has the relief for this report, and why. */
  verdict: ReliefVerdict;
};

/** The last second of a day, at which a limit that is only a day is shown. */
const END_OF_DAY = '23:59:59';

/**
 * Computes what is due.
 * @throws DeadlineError with `field` and `reason` for what is no instant with offset, no day, no zone, or lies before
 *   the entity became aware.
 */
export function incidentDeadlines(input: DeadlineInput): IncidentDeadlines {
  const read = readDeadlineInput(input);
  const { zone } = read.entity;
  const { initialSubmitted, intermediateSubmitted } = read.events;
  const { basis, ...initial } = initialDue(read);
  const [firstIntermediate] = intermediateSubmitted;
  const intermediate = initialSubmitted === null ? null : intermediateDue(read, initialSubmitted);
  const latestIntermediate = intermediateSubmitted.at(-1) ?? null;
  const final = latestIntermediate === null ? null : finalDue(read, latestIntermediate);
  return {
    initial_limit: isoIn(initial.limit, zone),
    initial_due: isoIn(initial.due, zone),
    initial_basis: basis,
    initial_noon_relief: initial.relieved,
    ...(initialSubmitted === null ? {} : { initial_on_time: initialSubmitted <= initial.due }),
    ...(intermediate === null
      ? {}
      : {
          intermediate_limit: isoIn(intermediate.limit, zone),
          intermediate_due: isoIn(intermediate.due, zone),
          intermediate_noon_relief: intermediate.relieved,
          ...(firstIntermediate === undefined
            ? {}
            : { intermediate_on_time: firstIntermediate <= intermediate.due }),
        }),
    ...(final === null
      ? {}
      : {
          final_limit_date: localOf(final.limit, zone).day,
          final_due: isoIn(final.due, zone),
          final_noon_relief: final.relieved,
        }),
  };
}

/** Which span of Art 5 the initial notification runs by. */
export type InitialRule = 'unclassified' | 'classification' | 'awareness' | 'late';

const initialBases: Readonly<Record<InitialRule, string>> = {
  unclassified: `${spans.initialFromAwareness.article}: ${spans.initialFromAwareness.hours} h after awareness, if it is classified as major by then; whether this limit applies is open until it is classified`,
  classification: `${spans.initialFromClassification.article}: ${spans.initialFromClassification.hours} h after classification as major, which comes before ${spans.initialFromAwareness.hours} h after awareness`,
  awareness: `${spans.initialFromAwareness.article}: ${spans.initialFromAwareness.hours} h after awareness, which comes no later than ${spans.initialFromClassification.hours} h after classification as major`,
  late: `${spans.initialLate.article}: classified more than ${spans.initialFromAwareness.hours} h after awareness, so ${spans.initialLate.hours} h after classification as major`,
};

/** The initial notification. */
export function initialDue(read: ReadInput): Due & { basis: string; rule: InitialRule } {
  const { limit, rule } = initialLimit(read.events);
  return { ...dueOf('initial', limit, read), basis: initialBases[rule], rule };
}

/** Exactly 24 hours between awareness and classification still count as within 24 hours. */
function initialLimit({ awareness, classifiedMajor }: ReadInput['events']): {
  limit: number;
  rule: InitialRule;
} {
  const outer = awareness + spans.initialFromAwareness.hours * HOUR;
  if (classifiedMajor === null) return { limit: outer, rule: 'unclassified' };
  if (classifiedMajor > outer)
    return { limit: classifiedMajor + spans.initialLate.hours * HOUR, rule: 'late' };
  const inner = classifiedMajor + spans.initialFromClassification.hours * HOUR;
  return inner < outer
    ? { limit: inner, rule: 'classification' }
    : { limit: outer, rule: 'awareness' };
}

/**
 * The intermediate report: from when the initial notification really was submitted, early or late.
 * @param from milliseconds since 1970; the submission, or for a projection what stands in for it.
 */
export const intermediateDue = (read: ReadInput, from: number): Due =>
  dueOf('intermediate', from + spans.intermediate.hours * HOUR, read);

/**
 * The final report.
 * @param from milliseconds since 1970; the submission of the latest intermediate report, or for a projection what
 *   stands in for it.
 */
export function finalDue(read: ReadInput, from: number): Due {
  const { zone } = read.entity;
  const lastDay = monthsLater(localOf(from, zone).day, spans.final.months);
  return dueOf('final', instantAt(lastDay, END_OF_DAY, zone), read);
}

function dueOf(report: Report, limit: number, read: ReadInput): Due {
  const { zone } = read.entity;
  const reportedAt = read.events.initialSubmitted ?? initialLimit(read.events).limit;
  const verdict = reliefOf(report, read.entity, reportedAt);
  const { day } = localOf(limit, zone);
  const isOnFreeDay = !isWorkingDay(day, read);
  const relieved = verdict.has && isOnFreeDay;
  return {
    limit,
    due: relieved ? instantAt(nextWorkingDay(day, read), relief.until, zone) : limit,
    isOnFreeDay,
    relieved,
    verdict,
  };
}

const isWorkingDay = (day: string, { bankHolidays }: ReadInput): boolean =>
  !relief.weekend.some((weekday) => weekday === weekdayOf(day)) && !bankHolidays.has(day);

/** The next working day after a day, however long the chain of weekends and holidays; it ends with the list. */
function nextWorkingDay(day: string, read: ReadInput): string {
  let next = dayAfter(day);
  while (!isWorkingDay(next, read)) next = dayAfter(next);
  return next;
}

/**
 * True where something was sent in time. A limit that is only a day ends with the day, so what was sent within its
 * last second is in time.
 */
export const isInTime = (report: Report, sent: number, { due, relieved }: Due): boolean =>
  report === 'final' && !relieved ? sent < due + SECOND : sent <= due;
