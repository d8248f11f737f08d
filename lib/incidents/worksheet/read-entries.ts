/** Reads what a person entered into the worksheet: each fact by its kind, refused with its name and the reason. Pure. */
import { refuse, ok, type Result } from '#lib/platform/result.ts';
import { findFactFault } from '../classification.ts';
import { factEntry, type FactEntry } from '../desk/event.ts';
import { findThreatFault } from '../cyber-threat.ts';
import { factField } from '../fact-fields.ts';
import type { Choice } from '../report/field-types.ts';
import {
  classificationFacts,
  isReportFact,
  isTimeFact,
  reportFacts,
  threatFactsOf,
  timeFacts,
  timeOf,
  type Facts,
  type TimeFact,
} from './known-facts.ts';

export type Entries = Readonly<Record<string, FactEntry>>;

/** Facts in one saving. */
const entriesMax = 60;

/**
 * @param given what came in, by the name of the fact.
 * @param standing what counts so far; the entries are checked with it, because facts have to fit each other.
 * @param detectedAt when it was noticed by its opening, which counts while nobody entered another time.
 * @returns the entries as they are kept.
 */
export function readEntries(
  given: Readonly<Record<string, unknown>>,
  standing: Facts,
  { now, by, openedAt, detectedAt }: { now: Date; by: string; openedAt: Date; detectedAt: Date },
): Result<Entries, 'fact-invalid'> {
  const names = Object.keys(given);
  if (names.length === 0) return bad('Nothing was entered.');
  if (names.length > entriesMax) return bad(`At most ${entriesMax} facts are entered at once.`);
  const entries: Record<string, FactEntry> = {};
  for (const name of names) {
    const entry = factEntry.safeParse(given[name]);
    if (!entry.success) return bad(`${labelOf(name)}: this can’t be read. Load the page again.`);
    const value = readValue(name, entry.data.value);
    if (!value.ok) return bad(`${labelOf(name)}: ${value.refusal.sentence}`);
    entries[name] = { ...entry.data, value: value.value };
  }
  const at = now.toISOString();
  const merged: Facts = {
    ...standing,
    ...Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [name, { ...entry, by, at, seq: 0 }]),
    ),
  };
  const fault =
    findFactFault(classificationFacts(merged)) ?? findThreatFault(threatFactsOf(merged));
  if (fault) return bad(`${labelOf(fault.field)}: ${fault.reason}`);
  const time = findTimeFault(merged, { now, openedAt, detectedAt });
  return time === null ? ok(entries) : bad(time);
}

const bad = (sentence: string) => refuse('fact-invalid', sentence);

export function labelOf(name: string): string {
  if (isTimeFact(name)) return timeFacts[name];
  if (isReportFact(name)) return reportFacts[name].label;
  return factField(name)?.label ?? 'A fact';
}

function readValue(
  name: string,
  value: FactEntry['value'],
): Result<FactEntry['value'], 'fact-invalid'> {
  if (isTimeFact(name)) return readInstant(value);
  if (isReportFact(name)) return readChoice(name, value);
  if (!factField(name)) return bad('the worksheet has no such fact.');
  return ok(value);
}

function readInstant(value: FactEntry['value']): Result<string | null, 'fact-invalid'> {
  if (value === null) return ok(null);
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const isInstant =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) &&
    Number.isFinite(at) &&
    // A day that the month does not have would be read as one of the next.
    new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10) === value.slice(0, 10);
  return isInstant
    ? ok(new Date(at).toISOString())
    : bad('give a time of the calendar with its zone.');
}

function readChoice(
  name: keyof typeof reportFacts,
  value: FactEntry['value'],
): Result<FactEntry['value'], 'fact-invalid'> {
  if (value === null) return ok(null);
  const { values, many } = reportFacts[name];
  const isKnown = (one: unknown): boolean => values.some((choice: Choice) => choice.value === one);
  if (!many) return isKnown(value) ? ok(value) : bad('choose one from the list.');
  if (!Array.isArray(value) || value.length === 0 || !value.every(isKnown))
    return bad('choose from the list.');
  if (value.includes('none') && value.length > 1)
    return bad('“nobody else” stands alone, without another.');
  return ok([...new Set(value)]);
}

/** What must not come before what. */
const order: readonly (readonly [TimeFact, TimeFact])[] = [
  ['occurred_at', 'detected_at'],
  ['occurred_at', 'contained_at'],
  ['occurred_at', 'recovered_at'],
  ['occurred_at', 'resolved_at'],
  ['occurred_at', 'cause_addressed_at'],
];
/** As 2026-03-02 09:00 UTC. */
const shownMinute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const yearMs = 366 * 86_400_000;

function findTimeFault(
  facts: Facts,
  { now, openedAt, detectedAt }: { now: Date; openedAt: Date; detectedAt: Date },
): string | null {
  for (const name of Object.keys(timeFacts) as TimeFact[]) {
    const time = timeOf(facts, name);
    if (time === null) continue;
    if (Date.parse(time) > now.getTime())
      return `${timeFacts[name]}: it lies ahead. Enter it when it has happened.`;
    if (Date.parse(time) < openedAt.getTime() - 10 * yearMs)
      return `${timeFacts[name]}: it lies more than ten years back.`;
    // Time limits run from then on, and whoever reports an incident has noticed it.
    if (name === 'detected_at' && Date.parse(time) > openedAt.getTime())
      return `${timeFacts[name]}: it lies after the incident was put on record here.`;
  }
  for (const [first, then] of order) {
    const [one, other] = [timeOf(facts, first), timeOf(facts, then)];
    if (one !== null && other !== null && Date.parse(one) > Date.parse(other))
      return `${timeFacts[then]}: it lies before “${timeFacts[first].toLowerCase()}”.`;
  }
  const began = timeOf(facts, 'occurred_at');
  const isNoticedByOpening = timeOf(facts, 'detected_at') === null;
  if (isNoticedByOpening && began !== null && Date.parse(began) > detectedAt.getTime())
    return `${timeFacts.occurred_at}: it lies after ${shownMinute(detectedAt)}, when it was noticed by its first report. Enter when it really was noticed, or began.`;
  return null;
}
