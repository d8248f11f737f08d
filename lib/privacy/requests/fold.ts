/** Where a request stands, folded from its events. The database draws the state for lists. Pure. */
import type { EventFacts, RequestEvent } from './event.ts';
import {
  isErasingRight,
  isRefusing,
  toldToRecipients,
  type Authority,
  type Decision,
  type IdentityGround,
  type RequestState,
  type Right,
} from './life.ts';

export type Question = {
  seq: number;
  about: 'identity' | 'scope';
  sentAt: string;
  /** When it was put on record; ISO instant. */
  recordedAt: string;
  withinDays: number;
  /** ISO instant; null while it is open. */
  answeredAt: string | null;
  /** The day that the last reminder named; null where none was sent. */
  answerBy: string | null;
  /** It was waited for no longer. */
  isUnanswered: boolean;
};
export type Proposal = EventFacts<'proposed'> & { seq: number; by: string };

export type Standing = {
  seq: number;
  state: RequestState;
  opening: EventFacts<'opened'>;
  right: Right;
  /** Who it is about; null until one person was chosen. */
  person: { id: string; ground: IdentityGround } | null;
  authority: Authority | null;
  /** A doubt is on record for which no identity was settled since. */
  isDoubted: boolean;
  /** When the last doubt was recorded; ISO instant. */
  doubtedAt: string | null;
  questions: readonly Question[];
  extension: (EventFacts<'extended'> & { seq: number }) | null;
  collected: ReadonlyMap<string, EventFacts<'collected'>>;
  /** Of whom it was collected last; null before that. */
  collectedOf: string | null;
  /** Events that put a recipient of the person's data on record, and that stand. */
  received: ReadonlyMap<number, EventFacts<'recipient-added'>>;
  /** The event by which the person last said to whom their data are to be transmitted (Art 20(2)). */
  transmission: (EventFacts<'transmission-asked'> & { seq: number }) | null;
  blockers: EventFacts<'reviewed'>['blockers'];
  /** Everybody who gave an opinion on it, for good. */
  advisers: ReadonlySet<string>;
  proposal: Proposal | null;
  approvedBy: string | null;
  /** From when what was decided could be sent: its approval, or the erasure it waited for; ISO instant. */
  sendableAt: string | null;
  dispatch: EventFacts<'fulfilled'> | null;
  /** When the person first had an answer, which stops the law's clock for good; ISO instant. */
  firstAnsweredAt: string | null;
  /** That the first answer refused something, so that it was due within the month (Art 12(4)). */
  isFirstRefusing: boolean;
  /**
   * That an erasure came back because nothing stands against it any more, which begins a month of its own: when, and what
   * became of it since. ISO instants.
   */
  freed:
    | (EventFacts<'freed'> & {
        seq: number;
        at: string;
        answeredAt: string | null;
        isRefusing: boolean;
      })
    | null;
  outcome: 'fulfilled' | 'partly-refused' | 'refused' | null;
  recipients: ReadonlyMap<string, EventFacts<'recipient-told'>>;
  duplicateOf: string | null;
  /** That the erasure which was decided is done and proved. */
  erased: EventFacts<'erased'> | null;
  /** Days that were warned of as over. */
  warned: ReadonlySet<string>;
};

export const outcomeOf: Readonly<Record<Decision, NonNullable<Standing['outcome']>>> = {
  grant: 'fulfilled',
  'grant-in-part': 'partly-refused',
  refuse: 'refused',
  'nothing-held': 'fulfilled',
};

/** Whether what was decided makes something of the person go. */
export const isErasing = ({ right, proposal }: Standing): boolean =>
  isErasingRight(right) &&
  proposal !== null &&
  proposal.decision !== 'refuse' &&
  proposal.plan !== null;

/**
 * Whether recipients are told once it is carried out (Art 19): by the right, or since data went, as after an objection
 * or a consent that was taken back.
 */
export const tellsRecipients = ({
  right,
  person,
  erased,
}: Pick<Standing, 'right' | 'person' | 'erased'>): boolean =>
  person !== null && (toldToRecipients.has(right) || erased !== null);

type Mutable = {
  -readonly [K in keyof Standing]: Standing[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : Standing[K] extends ReadonlySet<infer A>
      ? Set<A>
      : Standing[K];
};

/** @throws for no events, or a first one that is no opening. */
export function foldEvents(events: readonly RequestEvent[]): Standing {
  const first = events[0];
  if (first?.kind !== 'opened') throw new Error('A request begins with its opening.');
  const now: Mutable = {
    seq: 0,
    state: 'received',
    opening: first.facts,
    right: first.facts.right,
    person: null,
    authority: null,
    isDoubted: false,
    doubtedAt: null,
    questions: [],
    extension: null,
    collected: new Map(),
    collectedOf: null,
    received: new Map(),
    transmission: null,
    blockers: [],
    advisers: new Set(),
    proposal: null,
    approvedBy: null,
    sendableAt: null,
    dispatch: null,
    firstAnsweredAt: null,
    isFirstRefusing: false,
    freed: null,
    outcome: null,
    recipients: new Map(),
    duplicateOf: null,
    erased: null,
    warned: new Set(),
  };
  for (const event of events) {
    now.seq = event.seq;
    now.state = stateAfter(now, event);
    if (!moveEarly(now, event)) moveLate(now, event);
  }
  return now;
}

/** The state that an event leads to; it stays where the event moves nothing. */
function stateAfter(now: Mutable, event: RequestEvent): RequestState {
  switch (event.kind) {
    case 'asked':
      return event.facts.about === 'identity' ? 'identity' : 'clarification';
    case 'answered':
      return now.collected.size > 0 ? 'collecting' : 'received';
    case 'collected':
      return 'collecting';
    case 'reviewed':
      return 'review';
    case 'opinion-given':
    case 'returned':
    case 'put-back':
      return 'opinion';
    case 'proposed':
    case 'approved':
    case 'notified':
    case 'closed':
    case 'withdrawn':
      return event.kind;
    case 'fulfilled':
      return now.proposal === null ? now.state : outcomeOf[now.proposal.decision];
    case 'marked-duplicate':
      return 'duplicate';
    case 'reopened':
      return reopenedTo(now.outcome, now.collected.size);
    case 'freed':
      return reopenedTo(null, now.collected.size);
    default:
      return now.state;
  }
}

/** What was fulfilled stays so: a copy again is a new request. What was refused is looked at anew. */
function reopenedTo(outcome: Standing['outcome'], collected: number): RequestState {
  if (outcome === 'fulfilled') return 'fulfilled';
  return collected > 0 ? 'collecting' : 'received';
}

/** @returns whether it was one of the events before a decision. */
function moveEarly(now: Mutable, event: RequestEvent): boolean {
  switch (event.kind) {
    case 'identified':
      now.person = { id: event.facts.person, ground: event.facts.ground };
      now.isDoubted = false;
      break;
    case 'authority-shown':
      now.authority = event.facts.by;
      break;
    case 'doubted':
      now.isDoubted = true;
      now.doubtedAt = event.at;
      break;
    case 'asked':
      now.questions = [
        ...now.questions,
        {
          seq: event.seq,
          ...event.facts,
          recordedAt: event.at,
          answeredAt: null,
          answerBy: null,
          isUnanswered: false,
        },
      ];
      break;
    case 'answered':
      now.questions = now.questions.map((one) =>
        one.seq === event.facts.question
          ? {
              ...one,
              answeredAt: event.facts.answeredAt,
              isUnanswered: event.facts.isMissing === true,
            }
          : one,
      );
      break;
    case 'noted': {
      const { reminder } = event.facts;
      if (reminder)
        now.questions = now.questions.map((one) =>
          one.seq === reminder.question ? { ...one, answerBy: reminder.answerBy } : one,
        );
      break;
    }
    case 'extended':
      now.extension = { ...event.facts, seq: event.seq };
      break;
    case 'collected':
      now.collected.set(event.facts.system, event.facts);
      now.collectedOf = now.person?.id ?? null;
      break;
    case 'recipient-added':
      now.received.set(event.seq, event.facts);
      break;
    case 'recipient-struck':
      now.received.delete(event.facts.of);
      break;
    case 'transmission-asked':
      now.transmission = { ...event.facts, seq: event.seq };
      break;
    case 'reviewed':
      now.blockers = event.facts.blockers;
      break;
    case 'opinion-given':
      now.advisers.add(event.actor);
      break;
    default:
      return false;
  }
  return true;
}

function moveLate(now: Mutable, event: RequestEvent): void {
  switch (event.kind) {
    case 'proposed':
      now.proposal = { ...event.facts, seq: event.seq, by: event.actor };
      break;
    case 'returned':
      now.proposal = null;
      break;
    case 'approved':
      now.approvedBy = event.actor;
      now.sendableAt = event.at;
      break;
    case 'fulfilled':
      now.dispatch = event.facts;
      answer(now, event.facts.sentAt);
      now.outcome = now.proposal === null ? null : outcomeOf[now.proposal.decision];
      break;
    case 'recipient-told':
      now.recipients.set(event.facts.recipient, event.facts);
      break;
    case 'marked-duplicate':
      now.duplicateOf = event.facts.of;
      break;
    case 'reopened':
      now.duplicateOf = null;
      if (now.outcome !== 'fulfilled') undecide(now);
      break;
    case 'erased':
      now.erased = event.facts;
      now.sendableAt = event.at;
      break;
    case 'put-back':
      undecide(now);
      break;
    case 'freed':
      undecide(now);
      now.freed = {
        ...event.facts,
        seq: event.seq,
        at: event.at,
        answeredAt: null,
        isRefusing: false,
      };
      // What goes now was told to nobody yet.
      now.recipients.clear();
      break;
    case 'warned':
      now.warned.add(event.facts.dueOn);
      break;
    default:
  }
}

/** The first answer stops the clock that runs: that of the receipt, or of what came back. */
function answer(now: Mutable, sentAt: string): void {
  const refuses = now.proposal !== null && isRefusing(now.proposal.decision);
  if (now.firstAnsweredAt === null) now.isFirstRefusing = refuses;
  now.firstAnsweredAt ??= sentAt;
  if (now.freed !== null && now.freed.answeredAt === null)
    now.freed = { ...now.freed, answeredAt: sentAt, isRefusing: refuses };
}

/** It is decided anew, by two people again. */
function undecide(now: Mutable): void {
  now.proposal = null;
  now.approvedBy = null;
  now.sendableAt = null;
  now.dispatch = null;
  now.outcome = null;
  now.erased = null;
}
