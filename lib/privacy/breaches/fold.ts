/** Where a breach stands, folded from its events. The database draws the same for lists and guards. Pure. */
import type { BreachEvent, BreachFacts } from './event.ts';
import type { BreachState, Risk } from './life.ts';
import { lastToldAt } from './tellings.ts';

export type Phase = BreachFacts<'notification-signed'> & {
  seq: number;
  by: string;
  at: string;
  /** Null until it was sent. */
  sent: BreachFacts<'notification-sent'> | null;
};

export type BreachStanding = {
  seq: number;
  state: BreachState;
  opening: BreachFacts<'opened'>;
  /** ISO instant; the earliest that is on record. */
  noticedAt: string;
  /** ISO instant since which it is looked into: as we heard of it, or as it came back. */
  suspectedAt: string;
  /** ISO instant from which the 72 hours run: the earliest that is on record; null while it is suspected. */
  awareAt: string | null;
  description: BreachFacts<'described'> | null;
  /** Event that holds the newest text, by its field. */
  texts: ReadonlyMap<string, number>;
  assessment: (BreachFacts<'assessed'> & { seq: number; by: string }) | null;
  risk: Risk | null;
  containedAt: string | null;
  /** That the authority is not notified: proposed, and decided by somebody else. */
  proposal: (BreachFacts<'clearance-proposed'> & { seq: number; by: string }) | null;
  clearedAt: string | null;
  phases: readonly Phase[];
  /** When the authority first heard of it. */
  notifiedAt: string | null;
  /** Reasons for a delay are on record. */
  hasDelay: boolean;
  /** An exception stands once somebody else agreed to it. */
  decision:
    | (BreachFacts<'persons-decided'> & { seq: number; by: string; isAgreed: boolean })
    | null;
  /**
   * The risk was once found or said to be high, or somebody decided once whether persons are told: an assessment alone
   * settles that no more.
   */
  mustDecide: boolean;
  /** When it was first found or said to be high; ISO instant. */
  highSince: string | null;
  /** How many persons are on the list. */
  listed: number;
  told: readonly BreachFacts<'persons-told'>[];
  /** When the last of the persons was told; null while somebody who is on record waits. */
  toldAt: string | null;
  /** That it was no breach, as somebody proposed it while it is suspected. */
  dismissal: { seq: number; by: string } | null;
  warned: ReadonlySet<number>;
  /** The same of one that is only suspected. */
  suspicionWarned: ReadonlySet<number>;
  /** The same of persons who were not told, and of what the authority lacks. */
  personsWarned: ReadonlySet<number>;
  restWarned: ReadonlySet<number>;
  closedAt: string | null;
};

/** @throws for no events, or a first one that is no opening. */
export function foldBreach(events: readonly BreachEvent[]): BreachStanding {
  const first = events[0];
  if (first?.kind !== 'opened') throw new Error('A breach begins with its opening.');
  let now: BreachStanding = {
    seq: first.seq,
    state: 'suspected',
    opening: first.facts,
    noticedAt: first.facts.noticedAt,
    suspectedAt: first.facts.processor?.toldAt ?? first.facts.noticedAt,
    awareAt: null,
    description: null,
    texts: new Map([['description', first.seq]]),
    assessment: null,
    risk: null,
    containedAt: null,
    proposal: null,
    clearedAt: null,
    phases: [],
    notifiedAt: null,
    hasDelay: false,
    decision: null,
    mustDecide: false,
    highSince: null,
    listed: 0,
    told: [],
    toldAt: null,
    dismissal: null,
    warned: new Set(),
    suspicionWarned: new Set(),
    personsWarned: new Set(),
    restWarned: new Set(),
    closedAt: null,
  };
  for (const event of events) now = { ...now, seq: event.seq, ...changeBy(now, event) };
  return { ...now, toldAt: lastToldAt(now) };
}

type Change = Partial<BreachStanding>;

function changeBy(now: BreachStanding, event: BreachEvent): Change {
  switch (event.kind) {
    case 'confirmed':
      return {
        awareAt: earliest(now.awareAt, event.facts.awareAt),
        state: 'confirmed',
        dismissal: null,
      };
    case 'aware-moved':
      return {
        awareAt: earliest(now.awareAt, event.facts.awareAt),
        noticedAt: earliest(now.noticedAt, event.facts.noticedAt ?? now.noticedAt),
      };
    case 'described':
      return {
        description: event.facts,
        texts: new Map([
          ...now.texts,
          ...event.facts.wrote.map((field) => [field, event.seq] as const),
        ]),
      };
    case 'assessed': {
      const { risk, found } = event.facts;
      const isHigh = risk === 'high' || found === 'high';
      return {
        assessment: { ...event.facts, seq: event.seq, by: event.actor },
        risk,
        // Whatever was decided was decided on another risk.
        proposal: null,
        clearedAt: null,
        decision: null,
        mustDecide: now.mustDecide || isHigh,
        highSince: now.highSince ?? (isHigh ? event.at : null),
        state: stateOf(risk, now.containedAt),
      };
    }
    case 'contained':
      return {
        containedAt: event.facts.containedAt,
        texts: new Map([...now.texts, ['measures', event.seq] as const]),
        state: stateOf(now.risk, event.facts.containedAt),
      };
    case 'warned':
      return { warned: new Set([...now.warned, event.facts.hours]) };
    case 'suspicion-warned':
      return { suspicionWarned: new Set([...now.suspicionWarned, event.facts.hours]) };
    case 'persons-warned':
      return { personsWarned: new Set([...now.personsWarned, event.facts.hours]) };
    case 'rest-warned':
      return { restWarned: new Set([...now.restWarned, event.facts.hours]) };
    default:
      return endedBy(now, event) ?? toldBy(now, event);
  }
}

/** Null where the event neither ends it nor opens it again. */
function endedBy(now: BreachStanding, event: BreachEvent): Change | null {
  switch (event.kind) {
    case 'closed':
      return { state: 'closed', closedAt: event.at };
    case 'dismissal-proposed':
      return { dismissal: { seq: event.seq, by: event.actor } };
    case 'dismissal-approved':
    case 'dismissed':
      return { state: 'not-a-breach', closedAt: event.at };
    case 'reopened':
      return {
        closedAt: null,
        dismissal: null,
        // What comes back is looked into anew, and warned of anew.
        ...(now.awareAt === null && { suspectedAt: event.at, suspicionWarned: new Set() }),
        state: now.awareAt === null ? 'suspected' : stateOf(now.risk, now.containedAt),
      };
    default:
      return null;
  }
}

const stateOf = (risk: Risk | null, containedAt: string | null): BreachState => {
  if (risk === null) return 'confirmed';
  return containedAt === null ? 'assessed' : 'contained';
};

/** Events by which somebody is told, or it is decided that nobody is. */
function toldBy(now: BreachStanding, event: BreachEvent): Change {
  switch (event.kind) {
    case 'clearance-proposed':
      return { proposal: { ...event.facts, seq: event.seq, by: event.actor } };
    case 'clearance-returned':
      return { proposal: null };
    case 'clearance-approved':
      return { clearedAt: event.at };
    case 'notification-signed': {
      const phase = { ...event.facts, seq: event.seq, by: event.actor, at: event.at, sent: null };
      return { phases: [...now.phases, phase], hasDelay: now.hasDelay || event.facts.isLate };
    }
    case 'notification-sent':
      return {
        phases: now.phases.map((phase) =>
          phase.seq === event.facts.of ? { ...phase, sent: event.facts } : phase,
        ),
        notifiedAt: earliest(now.notifiedAt, event.facts.sentAt),
      };
    case 'persons-decided':
      return {
        decision: { ...event.facts, seq: event.seq, by: event.actor, isAgreed: false },
        mustDecide: true,
      };
    case 'persons-agreed':
      return { decision: now.decision && { ...now.decision, isAgreed: true } };
    case 'persons-listed':
      return { listed: now.listed + event.facts.count };
    case 'persons-taken-off':
      return { listed: now.listed - event.facts.count };
    case 'persons-told':
      return { told: [...now.told, event.facts] };
    default:
      return {};
  }
}

const earliest = (one: string | null, other: string): string =>
  one !== null && Date.parse(one) <= Date.parse(other) ? one : other;
