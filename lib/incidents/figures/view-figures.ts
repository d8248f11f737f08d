/** The figures of incidents for managers. Each number says from which list it comes. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { highLevelCause, rootCauses, type IncidentClass, type RootCause } from '../desk/life.ts';
import { dayOf, endOf, monthsOf, readPeriod, startOf, usualPeriod, type Period } from './period.ts';

export type Cause = RootCause | 'unknown';

/** Times in minutes from one moment to the next; null where no incident of the period has both. */
export type MeanTimes = Record<
  'detect' | 'classify' | 'contain' | 'recover',
  { minutes: number; of: number } | null
>;

export type IncidentFigures = {
  period: Period;
  /** Why the usual period is shown instead, in a sentence; null when nothing is wrong. */
  problem: string | null;
  open: { total: number; byClass: Record<IncidentClass, number>; untriaged: number };
  clocks: { running: number; soon: number; late: number; kept: number; missed: number };
  noticed: { total: number; major: number };
  means: MeanTimes;
  /** By month, then by cause. */
  byCause: { month: string; counts: Record<Cause, number> }[];
  tasks: { open: number; overdue: number };
  recurring: { at: string; groups: number } | null;
  asOf: string;
};

const soonMs = 24 * 3_600_000;

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
    const [open, clocks, months, means, tasks, recurring] = [
      await openOnes(tx),
      await clockFigures(tx, period, now),
      await byMonth(tx, period),
      await meanTimes(tx, period),
      await taskFigures(tx, now),
      await tx.recurrenceCheck.findFirst({ orderBy: [{ at: 'desc' }, { id: 'asc' }] }),
    ];
    return ok({
      period,
      problem: read.ok ? null : read.refusal.sentence,
      open,
      clocks,
      ...months,
      means,
      tasks,
      recurring: recurring && {
        at: recurring.at.toISOString(),
        groups: Array.isArray(recurring.groups) ? recurring.groups.length : 0,
      },
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

async function clockFigures(
  tx: Tx,
  { from, until }: Period,
  now: Date,
): Promise<IncidentFigures['clocks']> {
  const soon = new Date(now.getTime() + soonMs);
  const [running] = await tx.$queryRaw<{ running: number; soon: number; late: number }[]>`
    select count(*)::int as running,
        count(*) filter (where due_at >= ${now} and due_at < ${soon})::int as soon,
        count(*) filter (where due_at < ${now})::int as late
      from incident_clock where state = 'running'`;
  const [done] = await tx.$queryRaw<{ kept: number; missed: number }[]>`
    select count(*) filter (where state = 'met')::int as kept, count(*) filter (where state = 'late')::int as missed
      from incident_clock where state in ('met', 'late') and due_at >= ${startOf(from)} and due_at < ${endOf(until)}`;
  return {
    running: running?.running ?? 0,
    soon: running?.soon ?? 0,
    late: running?.late ?? 0,
    kept: done?.kept ?? 0,
    missed: (done?.missed ?? 0) + (running?.late ?? 0),
  };
}

async function byMonth(
  tx: Tx,
  period: Period,
): Promise<Pick<IncidentFigures, 'byCause' | 'noticed'>> {
  const rows = await tx.$queryRaw<
    { month: string; cause: string | null; count: number; major: number }[]
  >`
    select to_char(detected_at at time zone 'UTC', 'YYYY-MM') as month, cause, count(*)::int as count,
        count(*) filter (where class = 'major')::int as major
      from incident_standing
      where detected_at >= ${startOf(period.from)} and detected_at < ${endOf(period.until)} and state <> 'dropped'
      group by 1, 2`;
  const empty = (): Record<Cause, number> =>
    Object.fromEntries(
      [...Object.keys(rootCauses), 'unknown'].map((cause) => [cause, 0]),
    ) as Record<Cause, number>;
  const months = new Map(monthsOf(period).map((month) => [month, empty()]));
  for (const { month, cause, count } of rows) {
    const counts = months.get(month);
    if (counts) counts[highLevelCause(cause) ?? 'unknown'] += count;
  }
  return {
    byCause: [...months].map(([month, counts]) => ({ month, counts })),
    noticed: {
      total: rows.reduce((sum, { count }) => sum + count, 0),
      major: rows.reduce((sum, { major }) => sum + major, 0),
    },
  };
}

type Mean = { minutes: number | null; of: number };

/** Averages from one moment to the other, with how many incidents they are of. */
const between = (later: string, earlier: string) => `json_build_object(
  'minutes', avg(extract(epoch from ${later} - ${earlier})) / 60, 'of', count(${later} - ${earlier})::int)`;
const minutes = Prisma.raw(`${between('d', 'o')} as detect, ${between('c', 'd')} as classify,
  ${between('n', 'd')} as contain, ${between('r', 'd')} as recover`);

async function meanTimes(tx: Tx, { from, until }: Period): Promise<MeanTimes> {
  const [row] = await tx.$queryRaw<Record<keyof MeanTimes, Mean>[]>`
    select ${minutes} from (
      select occurred_at as o, detected_at as d, classified_at as c, contained_at as n, recovered_at as r
        from incident_standing
        where detected_at >= ${startOf(from)} and detected_at < ${endOf(until)} and state <> 'dropped') t`;
  const of = (mean: Mean | undefined): MeanTimes['detect'] =>
    mean === undefined || mean.minutes === null
      ? null
      : { minutes: Math.round(mean.minutes), of: mean.of };
  return {
    detect: of(row?.detect),
    classify: of(row?.classify),
    contain: of(row?.contain),
    recover: of(row?.recover),
  };
}

async function taskFigures(tx: Tx, now: Date): Promise<IncidentFigures['tasks']> {
  const [row] = await tx.$queryRaw<{ open: number; overdue: number }[]>`
    select count(*)::int as open, count(*) filter (where due_on < ${dayOf(now)}::date)::int as overdue
      from incident_task where done_at is null`;
  return row ?? { open: 0, overdue: 0 };
}
