import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { SealedTextRow } from '#lib/audit/sealed-text.ts';
import { readTextsFor } from '#lib/persons/texts/restricted.ts';
import { textUseOf } from './text-use.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { conditionsOf } from './filter-conditions.ts';
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
/** Open tasks of one incident beyond this are not counted. */
const tasksMax = 200;

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
  const nameOf = await operatorNames(db);
  return inSnapshot(db, async (tx) => {
    const rows = read.ok ? await pageOf(tx, filter, now) : [];
    const shown = rows.slice(0, pageSize);
    const last = shown.at(-1);
    return ok({
      filter,
      problem: read.ok ? null : read.refusal.sentence,
      rows: await linesOf(tx, shown, nameOf),
      next:
        rows.length > pageSize && last ? listCursorText({ at: last.openedAt, id: last.id }) : null,
      counts: await countOpen(tx, now),
      can: { report: actor.scopes.has('incident:report') },
      serverNow: now.toISOString(),
    });
  });
}

type Row = {
  id: string;
  number: string;
  sort: string;
  source: string;
  openedAt: Date;
  state: string;
  class: string;
  severity: number | null;
  assignee: string | null;
  detectedAt: Date | null;
  isAcknowledged: boolean;
  escalation: number;
  title: { commitment: string; redacted: string | null; sealed: string | null } | null;
  clock: string | null;
  dueAt: Date | null;
  tasks: number;
  overdue: number;
};

/**
 * The rows of a page and one more, in one statement: each with its newest title, the limit that ends first, and its
 * tasks. The page is cut first, so that these are looked up for its rows only.
 */
async function pageOf(tx: Tx, filter: IncidentFilter, now: Date): Promise<Row[]> {
  const conditions = conditionsOf(filter, now);
  const where =
    conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join(conditions, ' and ')}`;
  return tx.$queryRaw<Row[]>`
    with page as materialized (
      select s.* from incident_standing s ${where} order by s.opened_at desc, s.incident_id limit ${pageSize + 1})
    select p.incident_id as id, p.number, p.sort, p.source, p.opened_at as "openedAt", p.state, p.class, p.severity,
        p.assignee, p.detected_at as "detectedAt", p.acknowledged_at is not null as "isAcknowledged", p.escalation,
        (select jsonb_build_object('commitment', t.commitment, 'redacted', t.redacted,
            'sealed', encode(t.sealed, 'base64')) from incident_text t
          where t.incident_id = p.incident_id and t.field = 'title' order by t.seq desc limit 1) as title,
        next.clock, next.due_at as "dueAt", todo.tasks, todo.overdue
      from page p
        left join lateral (select c.clock, c.due_at from incident_clock c
          where c.incident_id = p.incident_id and c.state = 'running' order by c.due_at limit 1) next on true
        cross join lateral (select count(*)::int as tasks,
            (count(*) filter (where t.due_on < ${dayOf(now)}::date))::int as overdue
          from (select t.due_on from incident_task t where t.incident_id = p.incident_id and t.done_at is null
            limit ${tasksMax}) t) todo
      order by p.opened_at desc, p.incident_id`;
}

/** Titles of all that are open are opened at once, and so are the others. */
async function linesOf(
  tx: Tx,
  rows: readonly Row[],
  nameOf: (person: string) => string,
): Promise<IncidentLine[]> {
  const titles = new Map<string, string | null>();
  for (const use of ['incident', 'texts-of-others'] as const) {
    const some = rows.filter(({ state }) => textUseOf(state) === use);
    const texts = await readTextsFor(tx, use, 'incident_text', some.map(titleOf));
    for (const [index, { id }] of some.entries()) titles.set(id, texts[index] ?? null);
  }
  return rows.map((row) => lineOf(row, titles.get(row.id) ?? null, nameOf));
}

const titleOf = ({ title }: Row): SealedTextRow => ({
  commitment: title?.commitment ?? '',
  redacted: title?.redacted ?? null,
  sealed: title?.sealed ? Buffer.from(title.sealed, 'base64') : null,
});

const lineOf = (
  row: Row,
  title: string | null,
  nameOf: (person: string) => string,
): IncidentLine => ({
  id: row.id,
  number: row.number,
  sort: row.sort === 'threat' ? 'threat' : 'incident',
  title: title ?? '(erased)',
  source: row.source as IncidentSource,
  state: row.state as IncidentState,
  class: row.class as IncidentClass,
  severity: row.severity,
  assignee: row.assignee === null ? null : nameOf(row.assignee),
  detectedAt: row.detectedAt?.toISOString() ?? null,
  openedAt: row.openedAt.toISOString(),
  escalation: row.escalation,
  isAcknowledged: row.isAcknowledged,
  nextDue:
    row.clock !== null && row.dueAt !== null
      ? { clock: row.clock, dueAt: row.dueAt.toISOString() }
      : null,
  tasks: { open: row.tasks, overdue: row.overdue },
});

async function countOpen(tx: Tx, now: Date): Promise<IncidentsView['counts']> {
  const [row] = await tx.$queryRaw<{ open: number; new: number; late: number }[]>`
    select
      (select count(*)::int from (select from incident_standing where state in ('new', 'working') limit ${countMax}) a) as open,
      (select count(*)::int from (select from incident_standing where state = 'new' limit ${countMax}) b) as new,
      (select count(distinct incident_id)::int from incident_clock where state = 'running' and due_at < ${now}) as late`;
  return row ?? { open: 0, new: 0, late: 0 };
}
