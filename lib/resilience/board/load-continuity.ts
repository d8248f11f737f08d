import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { drillKinds, isDrillKind } from '../drills/kinds.ts';
import { loadStandings } from '../drills/list-drills.ts';
import { findDrillFaults } from '../drills/overdue.ts';
import { listMax, type BoardPack } from './pack.ts';
import type { QuarterDays } from './quarter.ts';

type Continuity = BoardPack['continuity'];
type Counts = Pick<Continuity, 'plans' | 'approved' | 'reviewsOverdue' | 'testsOverdue' | 'tests'> &
  Continuity['objective'];

type DrillParts = Pick<Continuity, 'drills' | 'drillList' | 'drillFaults'>;
export type PlanParts = Omit<Continuity, keyof DrillParts>;

/** Plans and their tests: what was planned and what was reached. */
export async function loadPlans(
  tx: Pick<Tx, '$queryRaw'>,
  { from, until }: QuarterDays,
  today: string,
): Promise<PlanParts> {
  const [counts] = await tx.$queryRaw<Counts[]>`
    select count(*) filter (where kind = 'plan')::int as plans,
        count(*) filter (where kind = 'plan' and state = 'approved')::int as approved,
        count(*) filter (where kind = 'plan' and due_on < ${today}::date)::int as "reviewsOverdue",
        count(*) filter (where kind = 'plan-test' and state = 'planned' and due_on < ${today}::date)::int as "testsOverdue",
        count(*) filter (where kind = 'plan-test' and state in ('passed', 'partly', 'failed')
          and facts ->> 'doneOn' between ${from} and ${until})::int as tests,
        min((facts ->> 'rtoHours')::int) filter (where kind = 'function' and grade = 'critical') as "rtoHours",
        min((facts ->> 'rpoHours')::int) filter (where kind = 'function' and grade = 'critical') as "rpoHours"
      from resilience_current where kind in ('plan', 'plan-test', 'function') and not retired`;
  const testList = await tx.$queryRaw<Continuity['testList']>`
    select t.number, p.ref as plan, t.facts ->> 'doneOn' as "doneOn", t.state,
        (t.facts ->> 'plannedRtoMinutes')::int as "plannedRtoMinutes",
        (t.facts ->> 'actualRtoMinutes')::int as "actualRtoMinutes",
        (t.facts ->> 'plannedRpoMinutes')::int as "plannedRpoMinutes",
        (t.facts ->> 'actualRpoMinutes')::int as "actualRpoMinutes"
      from resilience_current t join resilience_current p on p.record_id = (t.facts ->> 'plan')::uuid
      where t.kind = 'plan-test' and not t.retired and t.state in ('passed', 'partly', 'failed')
        and t.facts ->> 'doneOn' between ${from} and ${until}
      order by t.facts ->> 'doneOn' desc, t.number desc limit ${listMax}`;
  const { plans = 0, approved = 0, reviewsOverdue = 0, testsOverdue = 0, tests = 0 } = counts ?? {};
  return {
    plans,
    approved,
    reviewsOverdue,
    testsOverdue,
    tests,
    testList,
    objective: { rtoHours: counts?.rtoHours ?? null, rpoHours: counts?.rpoHours ?? null },
  };
}

/** Drills that ran in a quarter, and those that failed or are overdue now. */
export async function loadDrills(
  tx: Pick<Tx, 'drillRun' | 'genesis'>,
  { from, until }: QuarterDays,
  { now, today }: { now: Date; today: string },
): Promise<DrillParts> {
  const { standings, inUseSince } = await loadStandings(tx, now);
  const where = { endedAt: { gte: startOfDay(from), lt: endOfDay(until) } };
  const drills = await tx.drillRun.count({ where });
  const rows = await tx.drillRun.findMany({
    where,
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    take: listMax,
    select: { kind: true, endedAt: true, outcome: true, rtoMs: true, rpoMs: true, digest: true },
  });
  return {
    drills,
    drillList: rows.map(({ kind, endedAt, outcome, rtoMs, rpoMs, digest }) => ({
      kind,
      title: isDrillKind(kind) ? drillKinds[kind].title : kind,
      endedAt: endedAt.toISOString(),
      outcome,
      rtoMs: rtoMs === null ? null : Number(rtoMs),
      rpoMs: rpoMs === null ? null : Number(rpoMs),
      digest,
    })),
    drillFaults: findDrillFaults(standings, { today, inUseSince }).map(
      ({ kind, why, title, dueOn }) => ({ kind, why, title, dueOn }),
    ),
  };
}
