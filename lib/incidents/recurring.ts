/**
 * Recurring incidents (Art 8(2)): incidents that are not major one by one count as one major incident when at least
 * two occurred within 6 months, share the apparent root cause and meet the test together. Pure. The choices that the
 * act leaves open are in docs/incidents.md.
 */
import { criteriaOf } from './criteria.ts';
import type { Classification } from './classification.ts';
import { combinedOf, factsOfCombined, mergeCombined, type Combined } from './combine-facts.ts';
import { monthsLater, readDay } from './days.ts';
import { FactError, readFacts, type IncidentFacts, type ReadFacts } from './facts.ts';
import { judge } from './judge.ts';
import { mergeSpans, type Span } from './sliding.ts';
import { recurrence } from './thresholds.ts';
import { writeFacts } from './write-facts.ts';

export type OccurredIncident = {
  id: string;
  /** Day, or ISO instant whose day counts as it is written. */
  occurred_on: string;
  /** Apparent root cause; without one an incident recurs with nothing. */
  root_cause: string | null | undefined;
  facts: IncidentFacts;
};

export type RecurrenceScope = {
  microenterprise: boolean;
  /** An entity of Art 16(1) of Regulation 2022/2554, with the simplified framework. */
  simplified_framework?: boolean;
};

export type RecurringGroup = {
  /** By day of occurrence, then by id. */
  ids: string[];
  /** As the first of them writes it. */
  root_cause: string;
  /** Days of the first and the last. */
  first: string;
  last: string;
  facts: IncidentFacts;
  classification: Classification;
  /**
   * Incidents outside of the group that would make such a group with some of its members: too far from the others,
   * but of the same recurrence.
   */
  related: string[];
};

/**
 * The recurring incidents that count as one major incident: of several groups the one with most incidents, of equal
 * ones the one whose last incident is latest. Nothing for microenterprises.
 * @throws FactError for facts, days or ids that cannot be.
 */
export function findRecurring(
  incidents: readonly OccurredIncident[],
  scope: RecurrenceScope,
): { recurring_group: string[]; major: boolean } {
  const [first] = findRecurringGroups(incidents, scope);
  return first
    ? { recurring_group: first.ids, major: true }
    : { recurring_group: [], major: false };
}

/**
 * All groups of recurring incidents that count as one major incident each, those with most incidents first. No
 * incident is in two of them.
 * @throws FactError for facts, days or ids that cannot be.
 */
export function findRecurringGroups(
  incidents: readonly OccurredIncident[],
  scope: RecurrenceScope,
): RecurringGroup[] {
  const byCause = readIncidents(incidents);
  if (scope.microenterprise || scope.simplified_framework === true) return [];
  return [...byCause.values()].flatMap(groupsOf).toSorted(largestThenLatest);
}

type Read = { id: string; day: string; cause: string; combined: Combined };

function largestThenLatest(one: RecurringGroup, other: RecurringGroup): number {
  return (
    other.ids.length - one.ids.length ||
    compareText(other.last, one.last) ||
    compareText(one.ids[0] ?? '', other.ids[0] ?? '')
  );
}

const compareText = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** The incidents that are not major by themselves, by cause, in the order in which they occurred. */
function readIncidents(incidents: readonly OccurredIncident[]): Map<string, Read[]> {
  const byCause = new Map<string, Read[]>();
  const seen = new Set<string>();
  if (!Array.isArray(incidents))
    throw new FactError({ field: 'incidents', reason: 'Give a list of incidents.' });
  for (const [place, incident] of (incidents as readonly OccurredIncident[]).entries()) {
    checkNamed(incident, place);
    if (seen.has(incident.id))
      refuse(incident.id, 'id', 'It is listed twice, and would count twice.');
    seen.add(incident.id);
    const day = readDay(incident.occurred_on);
    if (day === null)
      refuse(incident.id, 'occurred_on', 'This is no day of the calendar, such as 2026-11-28.');
    const facts = factsOf(incident);
    const cause: unknown = incident.root_cause ?? '';
    if (typeof cause !== 'string') refuse(incident.id, 'root_cause', 'This is no text.');
    const key = causeKey(cause);
    if (key === '' || judge(facts).major) continue;
    const sameCause = byCause.get(key) ?? [];
    sameCause.push({
      id: incident.id,
      day,
      cause: cause.trim(),
      combined: combinedOf(facts),
    });
    byCause.set(key, sameCause);
  }
  for (const sameCause of byCause.values())
    sameCause.sort(
      (one, other) => compareText(one.day, other.day) || compareText(one.id, other.id),
    );
  return byCause;
}

/** What comes from elsewhere may be anything; without an id a refusal could not name it. */
function checkNamed(incident: unknown, place: number): void {
  const field = `incidents[${place}]`;
  if (typeof incident !== 'object' || incident === null || Array.isArray(incident))
    throw new FactError({ field, reason: 'Give id, occurred_on, root_cause and facts.' });
  const id: unknown = 'id' in incident ? incident.id : undefined;
  if (typeof id !== 'string' || id.trim() === '')
    throw new FactError({
      field: `${field}.id`,
      reason: 'Give the id of the incident, as a text.',
    });
}

function factsOf(incident: OccurredIncident): ReadFacts {
  try {
    return readFacts(incident.facts);
  } catch (error) {
    if (error instanceof FactError) refuse(incident.id, error.field, error.reason);
    throw error;
  }
}

function refuse(id: string, field: string, reason: string): never {
  throw new FactError({ field, reason }, `Incident ${id}, `);
}

/** Causes are the same when they differ in nothing but spaces and small or capital letters. */
const causeKey = (cause: string): string =>
  cause.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Groups of one cause. Facts are combined so that one more incident never makes the whole look better; so a stretch
 * that fits into 6 months qualifies exactly when the longest stretch around it does. Only those are looked at: the
 * largest that qualifies is a group, and what lies before and after it is looked through in the same way.
 */
function groupsOf(incidents: readonly Read[]): RecurringGroup[] {
  const all = qualifying(incidents, { from: 0, to: incidents.length - 1 });
  const chosen: Span[] = [];
  const open: Span[] = all.length > 0 ? [{ from: 0, to: incidents.length - 1 }] : [];
  for (let part = open.pop(); part; part = open.pop()) {
    const best = largest(qualifying(incidents, part));
    if (!best) continue;
    chosen.push(best);
    open.push({ from: part.from, to: best.from - 1 }, { from: best.to + 1, to: part.to });
  }
  chosen.sort((one, other) => one.from - other.from);
  const related = relatedOf(all, chosen);
  return chosen.map((span, at) => ({
    ...describe(incidents.slice(span.from, span.to + 1)),
    related: (related[at] ?? []).map((place) => incidents[place]?.id ?? ''),
  }));
}

/** The longest stretches of a part that fit into 6 months, of two or more, which meet the test together. */
function qualifying(incidents: readonly Read[], part: Span): Span[] {
  const spans: Span[] = [];
  let to = part.from - 1;
  for (let from = part.from; from <= part.to; from += 1) {
    const before = to;
    const until = monthsLater(incidents[from]?.day ?? '', recurrence.months);
    while (to < part.to && (incidents[to + 1]?.day ?? '') <= until) to += 1;
    if (to > before && to - from + 1 >= recurrence.atLeast) spans.push({ from, to });
  }
  const combined = mergeSpans(
    incidents.map((incident) => incident.combined),
    spans,
    mergeCombined,
  );
  return spans.filter((_span, at) => {
    const together = combined[at];
    return together !== undefined && judge(factsOfCombined(together)).major;
  });
}

/** The one with most incidents; of equal ones the latest. */
const largest = (spans: readonly Span[]): Span | undefined =>
  spans.reduce<Span | undefined>(
    (best, span) => (best && best.to - best.from > span.to - span.from ? best : span),
    undefined,
  );

/**
 * For each chosen stretch the places that are in none, but in a stretch that qualifies and overlaps it. Every one that
 * qualifies overlaps a chosen one, or it would have been chosen.
 */
function relatedOf(spans: readonly Span[], chosen: readonly Span[]): number[][] {
  const related: number[][] = chosen.map(() => []);
  let done = -1;
  let near = 0;
  for (const { from, to } of spans) {
    while (near < chosen.length && (chosen[near]?.to ?? 0) < from) near += 1;
    for (let place = Math.max(from, done + 1); place <= to; place += 1) {
      const isChosen = chosen.some((span) => span.from <= place && place <= span.to);
      if (!isChosen) related[near]?.push(place);
    }
    done = Math.max(done, to);
  }
  return related;
}

function describe(members: readonly Read[]): Omit<RecurringGroup, 'related'> {
  const [first, ...rest] = members;
  const last = members.at(-1);
  if (!first || !last) throw new Error('A group without an incident.');
  const combined = rest.reduce(
    (sofar, { combined: next }) => mergeCombined(sofar, next),
    first.combined,
  );
  const facts = factsOfCombined(combined);
  return {
    ids: members.map((member) => member.id),
    root_cause: first.cause,
    first: first.day,
    last: last.day,
    facts: writeFacts(facts),
    classification: { ...judge(facts), criteria: criteriaOf(facts) },
  };
}
