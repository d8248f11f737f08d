/**
 * The clock of a request: counted anew from its events and the seat each time, never kept as the truth. Every step says
 * the rule it follows. Pure.
 */
import { monthsLater } from '#lib/incidents/days.ts';
import { dayAfter, dayWords, localOf } from '#lib/incidents/time-zones.ts';
import {
  daysLater,
  isWorkingDay,
  requestDeadlines,
  type RequestDeadlineInput,
} from '../deadlines.ts';
import { requestTargets } from '../targets.ts';
import { seatToCountBy, type Seat } from './counted-by.ts';
import type { Question, Standing } from './fold.ts';
import { isRefusing, isUnanswered } from './life.ts';

export type { Seat } from './counted-by.ts';

export type ClockOptions = {
  /** Days before the law's end by which this organisation wants to be done. */
  targetDaysBefore: number;
};
export const clockDefaults: ClockOptions = { targetDaysBefore: 7 };
/** Working days after receipt within which a question is asked without undue delay. */
export const askWithinDays = 3;

export type Pause = { question: number; from: string; to: string | null; counts: boolean };

/** Days at the seat, as YYYY-MM-DD. */
export type RequestClock = {
  state: 'running' | 'paused' | 'met' | 'late' | 'stopped';
  /** The day that the month follows: of the receipt, or on which an erasure came back. */
  receivedOn: string;
  /** Whether it counts anew from the day on which nothing stood against the erasure any more. */
  isFreed: boolean;
  /** Whether an extension counts in it. */
  isExtended: boolean;
  /** By which clocks, and which holidays lie in the time that was counted. */
  countedBy: {
    zone: string;
    holidays: readonly string[];
    /** They stand with the request; else they are those of the seat as it is now. */
    isKept: boolean;
  };
  /** The end that applies: the extended one when extended, but for a refusal, which no extension helps (Art 12(4)). */
  dueOn: string;
  /** The first month's end before it was moved to a working day. */
  unrolledOn: string;
  /** The last day to tell the person of an extension. */
  noticeDueOn: string;
  /** The last day on which a refusal, whole or in part, is in time, extended or not (Art 12(4)). */
  refusalDueOn: string;
  /** The end for an answer that refuses nothing. */
  actionDueOn: string;
  targetOn: string;
  /** Whole days from today to the end; negative once it is over, null when the clock has stopped. */
  daysLeft: number | null;
  pauses: readonly Pause[];
  /** How it was counted, a sentence a step with its source. */
  steps: readonly { says: string; article: string }[];
};

type Counted = Pick<
  Standing,
  'state' | 'opening' | 'questions' | 'extension' | 'firstAnsweredAt' | 'isFirstRefusing' | 'freed'
> & { proposal: Pick<NonNullable<Standing['proposal']>, 'decision'> | null };

/**
 * @param current the seat as it is now; what is kept with the request goes before it.
 * @throws DeadlineError where what is on record can't be counted from.
 */
export function requestClock(
  standing: Counted,
  current: Seat,
  now: Date,
  { targetDaysBefore }: ClockOptions = clockDefaults,
): RequestClock {
  const { from, since, answeredAt, isRefused, kept } = beginningOf(standing);
  const seat = seatToCountBy(kept, current);
  const today = localOf(now.getTime(), seat.zone).day;
  const receivedOn = localOf(Date.parse(from), seat.zone).day;
  const isExtended = standing.extension !== null && standing.extension.seq > since;
  const pauses = standing.questions
    .filter(({ seq }) => seq > since)
    .map((one) => pauseOf(one, receivedOn, seat));
  const input: RequestDeadlineInput = {
    received: from,
    time_zone: seat.zone,
    public_holidays: seat.holidays,
    extended: isExtended,
    suspensions: pauses
      .filter(({ counts }) => counts)
      // A question that is open suspends until today.
      .map(({ from, to }) => [from, later(from, to ?? today)] as const),
  };
  const found = requestDeadlines(input);
  const targets = requestTargets(input, targetDaysBefore);
  const refusalDueOn = found.due_date;
  const actionDueOn = found.extended_due_date ?? refusalDueOn;
  const refuses =
    answeredAt === null
      ? standing.proposal !== null && isRefusing(standing.proposal.decision)
      : isRefused;
  const dueOn = refuses ? refusalDueOn : actionDueOn;
  const answeredOn = answeredAt === null ? null : localOf(Date.parse(answeredAt), seat.zone).day;
  const isRunning = answeredOn === null && isUnanswered(standing.state);
  const isPaused = pauses.some(({ counts, to }) => counts && to === null);
  return {
    state:
      answeredOn !== null
        ? answeredOn <= dueOn
          ? 'met'
          : 'late'
        : !isRunning
          ? 'stopped'
          : isPaused
            ? 'paused'
            : 'running',
    receivedOn,
    isFreed: standing.freed !== null,
    isExtended,
    countedBy: {
      zone: seat.zone,
      holidays: seat.holidays.filter((day) => day >= receivedOn && day <= dueOn),
      isKept: kept !== undefined,
    },
    dueOn,
    unrolledOn: found.unrolled_date,
    noticeDueOn: found.due_date,
    refusalDueOn,
    actionDueOn,
    targetOn: refuses ? targets.first : (targets.extended ?? targets.first),
    daysLeft: isRunning ? daysBetween(today, dueOn) : null,
    pauses,
    steps: stepsOf({
      receivedOn,
      pauses,
      today,
      found,
      isExtended,
      isFreed: standing.freed !== null,
    }),
  };
}

/** From when it counts, which events are since then, and what stopped it. */
function beginningOf({ freed, opening, extension, firstAnsweredAt, isFirstRefusing }: Counted) {
  return freed === null
    ? {
        from: opening.receivedAt,
        since: 0,
        answeredAt: firstAnsweredAt,
        isRefused: isFirstRefusing,
        kept: opening.countedBy ?? extension?.countedBy,
      }
    : {
        from: freed.at,
        since: freed.seq,
        answeredAt: freed.answeredAt,
        isRefused: freed.isRefusing,
        kept: freed.countedBy,
      };
}

const later = (one: string, other: string): string => (other > one ? other : one);
const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** The last day on which a question is asked without undue delay. */
export function askedInTimeUntil(receivedOn: string, workingDays: number, seat: Seat): string {
  const holidays = new Set(seat.holidays);
  let day = receivedOn;
  for (let left = workingDays; left > 0;) {
    day = dayAfter(day);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

function pauseOf(question: Question, receivedOn: string, seat: Seat): Pause {
  const dayOf = (at: string): string => localOf(Date.parse(at), seat.zone).day;
  const from = dayOf(question.sentAt);
  // A question that was put on record afterwards suspends nothing, whatever day it is given.
  const onRecord = later(from, dayOf(question.recordedAt));
  return {
    question: question.seq,
    from,
    to: question.answeredAt === null ? null : later(from, dayOf(question.answeredAt)),
    counts:
      from >= receivedOn &&
      onRecord <= askedInTimeUntil(receivedOn, question.withinDays, seat) &&
      onRecord <= monthsLater(receivedOn, 1),
  };
}

type Explained = {
  receivedOn: string;
  pauses: readonly Pause[];
  today: string;
  found: ReturnType<typeof requestDeadlines>;
  isExtended: boolean;
  isFreed: boolean;
};

const month = 'GDPR Art 12(3)';
const counting = 'Regulation 1182/71 Art 3';

function stepsOf({ receivedOn, pauses, today, found, isExtended, isFreed }: Explained) {
  const length = isExtended ? 3 : 1;
  const plain = monthsLater(receivedOn, length);
  const steps = [
    isFreed
      ? {
          says: `Since ${dayWords(receivedOn)} nothing stands against the erasure any more, so it is answered anew, within a month of that day. It is not counted itself.`,
          article: `GDPR Art 17(1), 12(3), ${counting}(1)`,
        }
      : {
          says: `Received on ${dayWords(receivedOn)} by the clocks of the seat. That day is not counted.`,
          article: `${counting}(1)`,
        },
    {
      says: isExtended
        ? `Extended, so three months from receipt as one period: ${dayWords(plain)}.`
        : `One month, to the same date or the month’s last day: ${dayWords(plain)}.`,
      article: `${month}, ${counting}(2)`,
    },
  ];
  for (const { from, to, counts } of pauses)
    steps.push({
      says: counts
        ? `Suspended from the question on ${dayWords(from)} ${to === null ? `to today, ${dayWords(later(from, today))}, as it is not answered` : `to the answer on ${dayWords(to)}`}: ${daysBetween(from, to ?? later(from, today))} days added, those that pauses share once.`
        : `The question of ${dayWords(from)} went out, or was put on record, too late after the receipt to suspend anything.`,
      article: 'EDPB Guidelines 01/2022',
    });
  const due = found.extended_due_date ?? found.due_date;
  const added = new Set(
    pauses
      .filter(({ counts }) => counts)
      .flatMap(({ from, to }) => {
        const count = daysBetween(from, to ?? later(from, today));
        return Array.from({ length: count }, (_, index) => daysLater(from, index + 1));
      }),
  ).size;
  const unrolled = daysLater(plain, added);
  steps.push({
    says:
      due === unrolled
        ? `That is a working day, so it is due by the end of ${dayWords(due)}.`
        : `${dayWords(unrolled)} is no working day, so it is due by the end of ${dayWords(due)}.`,
    article: `${counting}(4)`,
  });
  if (isExtended)
    steps.push(
      {
        says: `The person was to be told of the extension by ${dayWords(found.due_date)}.`,
        article: month,
      },
      {
        says: `A refusal, whole or in part, is not helped by the extension: without delay, at the latest by ${dayWords(found.due_date)}.`,
        article: 'GDPR Art 12(4)',
      },
    );
  return steps;
}
