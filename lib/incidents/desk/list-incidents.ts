import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { loadNames } from '#lib/operations/policy/load-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { whereOf } from './filter-conditions.ts';
import { openIncidents, readIncidentFilter, type IncidentFilter } from './incident-filter.ts';
import type { IncidentClass, IncidentSource, IncidentState } from './life.ts';

export type IncidentLine = {
  id: string;
  number: string;
  sort: 'incident' | 'threat';
  title: string;
  source: IncidentSource;
  state: IncidentState;
  class: IncidentClass;
  severity: number | null;
  assignee: string | null;
  detectedAt: string | null;
  openedAt: string;
  escalation: number;
  isAcknowledged: boolean;
  /** The time limit that ends first; null where none runs. */
  nextDue: { clock: string; dueAt: string } | null;
  /** Tasks and actions that are not done, and how many of them are overdue. */
  tasks: { open: number; overdue: number };
};

export type IncidentsView = {
  filter: IncidentFilter;
  /** Why nothing was looked for, in a sentence; null when something was. */
  problem: string | null;
  rows: IncidentLine[];
  next: string | null;
  counts: { open: number; new: number; late: number };
  can: { report: boolean };
  serverNow: string;
};

const pageSize = 50;
/** More than so many are not counted: the list says "more than". */
const countMax = 1_000;

/** Incidents and threats, the newest first, a page at a time. @param asked one text for each parameter. */
export async function listIncidents(
  actor: Actor,
  asked: Asked,
  { db, clock }: Context,
): Promise<Result<IncidentsView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const now = clock();
  const read = readIncidentFilter(asked);
  const filter = read.ok ? read.value : openIncidents;
  const nameOf = await loadNames(db);
  return inSnapshot(db, async (tx) => {
    const rows = read.ok ? await pageOf(tx, filter, now) : [];
    const shown = rows.slice(0, pageSize);
    const titles = await titlesOf(
      tx,
      shown.map(({ incidentId }) => incidentId),
    );
    const last = shown.at(-1);
    return ok({
      filter,
      problem: read.ok ? null : read.refusal.sentence,
      rows: shown.map((row) => lineOf(row, titles, nameOf, now)),
      next:
        rows.length > pageSize && last
          ? listCursorText({ at: last.openedAt, id: last.incidentId })
          : null,
      counts: await countOpen(tx, now),
      can: { report: actor.scopes.has('incident:report') },
      serverNow: now.toISOString(),
    });
  });
}

const whole = {
  incident: {
    select: {
      clocks: {
        where: { state: 'running' },
        orderBy: { dueAt: 'asc' },
        take: 1,
        select: { clock: true, dueAt: true },
      },
      tasks: { where: { doneAt: null }, select: { dueOn: true }, take: 200 },
    },
  },
} satisfies Prisma.IncidentStandingInclude;

async function pageOf(tx: Tx, filter: IncidentFilter, now: Date) {
  return tx.incidentStanding.findMany({
    where: whereOf(filter, now),
    orderBy: [{ openedAt: 'desc' }, { incidentId: 'asc' }],
    take: pageSize + 1,
    include: whole,
  });
}
type Row = Awaited<ReturnType<typeof pageOf>>[number];

/** The newest title of each. */
export async function titlesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.incidentText.findMany({
    where: { incidentId: { in: [...ids] }, field: 'title' },
    orderBy: { seq: 'asc' },
    select: { incidentId: true, text: true },
  });
  return new Map(rows.map(({ incidentId, text }) => [incidentId, text ?? '(erased)']));
}

function lineOf(
  row: Row,
  titles: ReadonlyMap<string, string>,
  nameOf: (person: string) => string,
  now: Date,
): IncidentLine {
  const [clock] = row.incident.clocks;
  const today = startOfDay(dayOf(now));
  return {
    id: row.incidentId,
    number: row.number,
    sort: row.sort === 'threat' ? 'threat' : 'incident',
    title: titles.get(row.incidentId) ?? '(erased)',
    source: row.source as IncidentSource,
    state: row.state as IncidentState,
    class: row.class as IncidentClass,
    severity: row.severity,
    assignee: row.assignee === null ? null : nameOf(row.assignee),
    detectedAt: row.detectedAt?.toISOString() ?? null,
    openedAt: row.openedAt.toISOString(),
    escalation: row.escalation,
    isAcknowledged: row.acknowledgedAt !== null,
    nextDue: clock?.dueAt ? { clock: clock.clock, dueAt: clock.dueAt.toISOString() } : null,
    tasks: {
      open: row.incident.tasks.length,
      overdue: row.incident.tasks.filter(({ dueOn }) => dueOn < today).length,
    },
  };
}

async function countOpen(tx: Tx, now: Date): Promise<IncidentsView['counts']> {
  const [row] = await tx.$queryRaw<{ open: number; new: number; late: number }[]>`
    select
      (select count(*)::int from (select from incident_standing where state in ('new', 'working') limit ${countMax}) a) as open,
      (select count(*)::int from (select from incident_standing where state = 'new' limit ${countMax}) b) as new,
      (select count(distinct incident_id)::int from incident_clock where state = 'running' and due_at < ${now}) as late`;
  return row ?? { open: 0, new: 0, late: 0 };
}
