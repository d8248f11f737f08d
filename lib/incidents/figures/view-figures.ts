/** The figures of incidents for managers, each such that a list of the desk holds exactly what it counts. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, endOfDay, startOfDay } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import type { IncidentClass } from '../desk/life.ts';
import { loadHistory, type CauseCounts, type MeanTimes } from './load-history.ts';
import { periodsOffered, readPeriod, usualPeriod, type Period } from '#lib/platform/period.ts';

/** Time limits or tasks, and the incidents that have them. */
export type Counted = { count: number; incidents: number };

export type IncidentFigures = {
  period: Period;
  offered: { label: string; period: Period }[];
  /** Why the usual period is shown instead, in a sentence; null when nothing is wrong. */
  problem: string | null;
  open: { total: number; byClass: Record<IncidentClass, number>; untriaged: number };
  limits: Readonly<Record<'running' | 'soon' | 'over' | 'kept' | 'missed', Counted>>;
  noticed: { total: number; major: number };
  means: MeanTimes;
  /** By month, then by cause. */
  byCause: { month: string; counts: CauseCounts }[];
  tasks: { open: Counted; overdue: Counted };
  recurring: { at: string; groups: number } | null;
  asOf: string;
};

const soonMs = 24 * 3_600_000;

/**
 * Dropped incidents are in none of the figures, and cyber threats neither, which have not happened.
 * @param asked days `from` and `until`, both inclusive, in UTC; without them the last twelve months.
 */
export async function viewFigures(
  actor: Actor,
  asked: Asked,
  { db, clock }: Context,
): Promise<Result<IncidentFigures>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const now = clock();
  const read = readPeriod(asked, now);
  const period = read.ok ? read.value : usualPeriod(now);
  return inSnapshot(db, async (tx) => {
    const open = await openOnes(tx);
    const limits = await limitFigures(tx, period, now);
    const history = await loadHistory(tx, period);
    const tasks = await taskFigures(tx, now);
    const recurring = await lastLook(tx);
    return ok({
      period,
      offered: periodsOffered(now),
      problem: read.ok ? null : read.refusal.sentence,
      open,
      limits,
      ...history,
      tasks,
      recurring,
      asOf: now.toISOString(),
    });
  });
}

async function openOnes(tx: Tx): Promise<IncidentFigures['open']> {
  const rows = await tx.$queryRaw<{ class: IncidentClass; state: string; count: number }[]>`
    select class, state, count(*)::int as count from incident_standing
      where state in ('new', 'working') and sort = 'incident' group by class, state`;
  const byClass: Record<IncidentClass, number> = {
    open: 0,
    major: 0,
    'not-major': 0,
    reclassified: 0,
  };
  let untriaged = 0;
  for (const row of rows) {
    byClass[row.class] += row.count;
    if (row.state === 'new') untriaged += row.count;
  }
  return { total: Object.values(byClass).reduce((sum, one) => sum + one, 0), byClass, untriaged };
}

type LimitRow = Record<'running' | 'running_in' | 'soon' | 'soon_in' | 'over' | 'over_in', number>;

/** One that is over counts as missed as well, in the period in which it was due. */
async function limitFigures(
  tx: Tx,
  { from, until }: Period,
  now: Date,
): Promise<IncidentFigures['limits']> {
  const soon = new Date(now.getTime() + soonMs);
  const [first, last] = [startOfDay(from), endOfDay(until)];
  const [live] = await tx.$queryRaw<LimitRow[]>`
    select count(*)::int as running, count(distinct incident_id)::int as running_in,
        count(*) filter (where due_at >= ${now} and due_at < ${soon})::int as soon,
        count(distinct incident_id) filter (where due_at >= ${now} and due_at < ${soon})::int as soon_in,
        count(*) filter (where due_at < ${now})::int as over,
        count(distinct incident_id) filter (where due_at < ${now})::int as over_in
      from incident_clock where state = 'running'`;
  const [done] = await tx.$queryRaw<
    (Record<'kept' | 'missed', number | null> & Record<'kept_in' | 'missed_in', number>)[]
  >`
    select sum(kept)::int as kept, count(*) filter (where kept > 0)::int as kept_in,
        sum(missed)::int as missed, count(*) filter (where missed > 0)::int as missed_in
      from (
        select incident_id, count(*) filter (where state = 'met') as kept, count(*) filter (where state <> 'met') as missed
          from (
            select incident_id, state from incident_clock
              where state in ('met', 'late') and due_at >= ${first} and due_at < ${last}
            union all
            select incident_id, state from incident_clock
              where state = 'running' and due_at >= ${first} and due_at < ${last} and due_at < ${now}) c
          group by incident_id) i`;
  const of = (count?: number | null, incidents?: number): Counted => ({
    count: count ?? 0,
    incidents: incidents ?? 0,
  });
  return {
    running: of(live?.running, live?.running_in),
    soon: of(live?.soon, live?.soon_in),
    over: of(live?.over, live?.over_in),
    kept: of(done?.kept, done?.kept_in),
    missed: of(done?.missed, done?.missed_in),
  };
}

async function taskFigures(tx: Tx, now: Date): Promise<IncidentFigures['tasks']> {
  const today = dayOf(now);
  const [row] = await tx.$queryRaw<Record<'open' | 'open_in' | 'overdue' | 'overdue_in', number>[]>`
    select count(*)::int as open, count(distinct t.incident_id)::int as open_in,
        count(*) filter (where t.due_on < ${today}::date)::int as overdue,
        count(distinct t.incident_id) filter (where t.due_on < ${today}::date)::int as overdue_in
      from incident_task t join incident_standing s on s.incident_id = t.incident_id
      where t.done_at is null and s.state <> 'dropped'`;
  return {
    open: { count: row?.open ?? 0, incidents: row?.open_in ?? 0 },
    overdue: { count: row?.overdue ?? 0, incidents: row?.overdue_in ?? 0 },
  };
}

async function lastLook(tx: Tx): Promise<IncidentFigures['recurring']> {
  const last = await tx.recurrenceCheck.findFirst({
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    select: { at: true, groups: true },
  });
  return (
    last && {
      at: last.at.toISOString(),
      groups: Array.isArray(last.groups) ? last.groups.length : 0,
    }
  );
}
