/** Which incidents somebody asks for: read out of an address, each value checked. Pure. */
import { z } from 'zod';
import { keysOf } from '#lib/platform/keys-of.ts';
import { listCursor, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { repeated, type Asked } from '#lib/platform/search-params.ts';
import {
  classes,
  rootCauses,
  sources,
  type IncidentClass,
  type IncidentSource,
  type RootCause,
} from './life.ts';

/** What has the desk's attention, and what of it. */
export const standings = {
  open: 'Open',
  new: 'New',
  late: 'A time limit is over',
  'open-tasks': 'With tasks or actions to do',
  'overdue-tasks': 'With overdue tasks or actions',
  ended: 'Closed or dropped',
  counted: 'All but those that were dropped',
  all: 'All',
} as const;
export type Wanted = keyof typeof standings;

/** Which time limits an incident has; kept and missed ones by the days on which they were due. */
export const limits = {
  running: 'Running',
  soon: 'Due within 24 hours',
  over: 'Over',
  kept: 'Kept',
  missed: 'Missed',
} as const;
export type Limit = keyof typeof limits;

/** From which moment until which one was measured; who is asked for has both. */
export const timings = {
  detect: 'From when it began until it was noticed',
  classify: 'From when it was noticed until it was classified',
  contain: 'From when it was noticed until it was contained',
  recover: 'From when it was noticed until service was back',
} as const;
export type Timing = keyof typeof timings;

export const sorts = { incident: 'Incidents', threat: 'Cyber threats' } as const;

export type IncidentFilter = {
  standing: Wanted;
  class: IncidentClass | null;
  sort: keyof typeof sorts | null;
  source: IncidentSource | null;
  cause: RootCause | 'unknown' | null;
  severity: number | null;
  /** Days on which it was noticed, both inclusive, in UTC. */
  from: string | null;
  until: string | null;
  limit: Limit | null;
  /** Days on which a time limit was due, both inclusive, in UTC. */
  dueFrom: string | null;
  dueUntil: string | null;
  timing: Timing | null;
  after: ListCursor | null;
};

export const openIncidents: IncidentFilter = {
  standing: 'open',
  class: null,
  sort: null,
  source: null,
  cause: null,
  severity: null,
  from: null,
  until: null,
  limit: null,
  dueFrom: null,
  dueUntil: null,
  timing: null,
  after: null,
};

/** The fields as the desk's form calls them; the last four stand in addresses of figures only. */
const asking: Readonly<Record<string, string>> = {
  standing: 'Standing',
  class: 'Class',
  severity: 'Severity',
  sort: 'What',
  source: 'Came from',
  cause: 'Root cause',
  from: 'Noticed from',
  until: 'Noticed until',
  limit: 'Time limits',
  dueFrom: 'Due from',
  dueUntil: 'Due until',
  timing: 'Measured',
};

const bad = (sentence: string) => refuse('filter-invalid', sentence);
const days: ReadonlySet<string> = new Set(['from', 'until', 'dueFrom', 'dueUntil']);
const causeKeys = [...keysOf(rootCauses), 'unknown'] as const;

/** @param asked one text for each parameter; empty ones ask for nothing. */
export function readIncidentFilter(asked: Asked): Result<IncidentFilter, 'filter-invalid'> {
  const given = (name: string): string | null => asked[name]?.trim() || null;
  const read = {
    standing: z.enum(keysOf(standings)).nullable().safeParse(given('standing')),
    class: z.enum(keysOf(classes)).nullable().safeParse(given('class')),
    sort: z.enum(keysOf(sorts)).nullable().safeParse(given('sort')),
    source: z.enum(keysOf(sources)).nullable().safeParse(given('source')),
    cause: z.enum(causeKeys).nullable().safeParse(given('cause')),
    severity: z.enum(['1', '2', '3', '4']).nullable().safeParse(given('severity')),
    from: z.iso.date().nullable().safeParse(given('from')),
    until: z.iso.date().nullable().safeParse(given('until')),
    limit: z.enum(keysOf(limits)).nullable().safeParse(given('limit')),
    dueFrom: z.iso.date().nullable().safeParse(given('dueFrom')),
    dueUntil: z.iso.date().nullable().safeParse(given('dueUntil')),
    timing: z.enum(keysOf(timings)).nullable().safeParse(given('timing')),
    after: listCursor.nullable().safeParse(given('after')),
  };
  for (const [name, one] of Object.entries(read))
    if (!one.success)
      return bad(
        days.has(name)
          ? `${asking[name]}: “${repeated(given(name) ?? '')}” is no day of the calendar. Give one such as 2026-11-28.`
          : name === 'after'
            ? 'This page of incidents does not exist. Begin with the first one.'
            : `${asking[name] ?? name}: “${repeated(given(name) ?? '')}” can’t be asked for. Choose one from the list.`,
      );
  const [from, until] = [read.from.data ?? null, read.until.data ?? null];
  const [dueFrom, dueUntil] = [read.dueFrom.data ?? null, read.dueUntil.data ?? null];
  if (isTurned(from, until) || isTurned(dueFrom, dueUntil))
    return bad('The first day lies after the last one.');
  const severity = read.severity.data ?? null;
  return ok({
    standing: read.standing.data ?? 'open',
    class: read.class.data ?? null,
    sort: read.sort.data ?? null,
    source: read.source.data ?? null,
    cause: read.cause.data ?? null,
    severity: severity === null ? null : Number(severity),
    from,
    until,
    limit: read.limit.data ?? null,
    dueFrom,
    dueUntil,
    timing: read.timing.data ?? null,
    after: read.after.data ?? null,
  });
}

const isTurned = (first: string | null, last: string | null): boolean =>
  first !== null && last !== null && first > last;
