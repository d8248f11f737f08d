import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listIncidents } from '../desk/list-incidents.ts';
import { dropIncident, reopenIncident, triageIncident } from '../desk/move-incident.ts';
import { reportIncident } from '../desk/report-incident.ts';
import { addTask } from '../desk/tasks.ts';
import { lookForRecurring } from '../recurrence/check-recurrence.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { viewFigures } from './view-figures.ts';

let desk: IncidentDesk;
/** Minutes of days that are long over, so that no figure depends on when the tests run. */
const eve = '2026-03-31T23:59';
const first = '2026-04-01T00:00';
const march = { from: '2026-03-01', until: '2026-03-31' };
const april = { from: '2026-04-01', until: '2026-04-30' };

beforeAll(async () => {
  desk = await openIncidentDesk();
  await makeHistory();
});
afterAll(() => desk.close());

const figures = async (asked: Record<string, string> = {}) =>
  valueOf(await viewFigures(desk.people.ida.actor, asked, desk.context));
const listed = async (asked: Record<string, string>): Promise<number> => {
  const view = valueOf(await listIncidents(desk.people.ida.actor, asked, desk.context));
  expect(view.problem).toBeNull();
  return view.rows.length;
};

async function report(detectedAt: string, sort = 'incident'): Promise<string> {
  const form = { sort, detectedAt, title: 'The node is down', description: 'It does not answer.' };
  return valueOf(await reportIncident(desk.people.ada.actor, form, desk.context)).id;
}

async function triage(id: string): Promise<void> {
  const form = { id, seen: '1', severity: '2', category: 'other', reasons: 'Nothing goes out.' };
  valueOf(await triageIncident(desk.people.ada.actor, form, desk.context));
}

async function enter(id: string, seen: number, facts: Record<string, string>): Promise<void> {
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    { value, estimated: false, evidence: null },
  ]);
  valueOf(
    await recordFacts(
      desk.people.ada.actor,
      { id, seen, facts: Object.fromEntries(entries) },
      desk.context,
    ),
  );
}

/** A time limit as the desk keeps it. */
const limit = (incidentId: string, clock: string, state: string, dueAt: string, done = false) =>
  desk.worker.incidentDeadline.create({
    data: {
      incidentId,
      clock,
      version: 1,
      state,
      dueAt: new Date(dueAt),
      doneAt: done ? new Date(dueAt) : null,
      facts: {},
      computedAt: desk.context.clock(),
    },
    select: { clock: true },
  });

const inHours = (hours: number): string =>
  new Date(desk.context.clock().getTime() + hours * 3_600_000).toISOString();

async function makeHistory(): Promise<void> {
  const { ada, ben, mia } = desk.people;
  const one = await report(eve);
  await triage(one);
  await enter(one, 2, {
    occurred_at: '2026-03-31T23:29:00Z',
    contained_at: '2026-04-01T01:59:00Z',
    recovered_at: '2026-04-01T03:59:00Z',
    root_cause: 'human_error_mistake',
  });
  valueOf(
    await classifyIncidentFile(
      mia.actor,
      { id: one, seen: '4', verdict: 'major', reasons: 'Better too careful.' },
      desk.context,
    ),
  );
  const other = await report(first);
  await triage(other);
  await enter(other, 2, { contained_at: '2026-04-01T00:30:00Z' });
  await report('2026-04-30T23:59');
  const dropped = await report(first);
  valueOf(
    await dropIncident(
      ben.actor,
      { id: dropped, seen: '1', as: 'no-incident', of: '', reasons: 'It was a drill.' },
      desk.context,
    ),
  );
  await report(first, 'threat');
  const task = {
    id: other,
    purpose: 'task',
    task: 'Ask the provider.',
    assignee: ada.actor.personId,
    dueOn: inHours(48).slice(0, 10),
  };
  valueOf(await addTask(ada.actor, task, desk.context));
  valueOf(await addTask(ada.actor, { ...task, dueOn: inHours(200).slice(0, 10) }, desk.context));
  desk.context.passTime(4 * 86_400_000);
  await limit(one, 'initial', 'met', '2026-03-31T23:59:59.999Z', true);
  await limit(one, 'intermediate', 'late', '2026-04-01T00:00:00.000Z', true);
  await limit(one, 'final', 'running', inHours(23));
  await limit(other, 'initial', 'running', inHours(-1));
  await limit(other, 'final', 'running', inHours(25));
  await lookForRecurring(desk.worker, 'schedule', desk.context.clock());
}

/** Months and causes in which what was added up is not what there is. */
async function differing(): Promise<number> {
  const [row] = await desk.owner.$queryRaw<{ count: number }[]>`
    with counted as (
      select (m).month, (m).cause, sum((m).incidents)::int as incidents, sum((m).major)::int as major,
          sum((m).detect_ms)::bigint as detect_ms, sum((m).detect_of)::int as detect_of,
          sum((m).classify_ms)::bigint as classify_ms, sum((m).classify_of)::int as classify_of,
          sum((m).contain_ms)::bigint as contain_ms, sum((m).contain_of)::int as contain_of,
          sum((m).recover_ms)::bigint as recover_ms, sum((m).recover_of)::int as recover_of
        from (select incident_in_month(s) as m from incident_standing s where incident_counts(s)) t group by 1, 2),
      kept as (select * from incident_month where incidents > 0)
    select count(*)::int as count from (
      (select * from counted except select * from kept) union all (select * from kept except select * from counted)) d`;
  return row?.count ?? -1;
}

describe('the figures of incidents', () => {
  it('count what is open by class, without threats and without what was dropped', async () => {
    const { open } = await figures();
    expect(open).toEqual({
      total: 3,
      byClass: { open: 2, major: 1, 'not-major': 0, reclassified: 0 },
      untriaged: 1,
    });
    expect(await listed({ sort: 'incident' })).toBe(3);
    expect(await listed({ sort: 'incident', class: 'major' })).toBe(1);
    expect(await listed({ sort: 'incident', standing: 'new' })).toBe(1);
  });

  it('put an incident into the month in which it was noticed in UTC, to the minute', async () => {
    const inMarch = await figures(march);
    expect(inMarch.noticed).toEqual({ total: 1, major: 1 });
    expect(inMarch.byCause.map(({ month, counts }) => [month, counts.human_error])).toEqual([
      ['2026-03', 1],
    ]);
    const inApril = await figures(april);
    expect(inApril.noticed).toEqual({ total: 2, major: 0 });
    expect(inApril.byCause[0]?.counts).toMatchObject({ human_error: 0, unknown: 2 });
    const both = await figures({ from: march.from, until: april.until });
    expect(both.byCause.map(({ month }) => month)).toEqual(['2026-03', '2026-04']);
    expect(both.noticed.total).toBe(3);
    for (const period of [march, april])
      expect(await listed({ standing: 'counted', sort: 'incident', ...period })).toBe(
        (await figures(period)).noticed.total,
      );
  });

  it('say mean times to the minute, and of how many incidents', async () => {
    const { means } = await figures({ from: march.from, until: april.until });
    expect(means.detect).toEqual({ minutes: 30, of: 1 });
    expect(means.contain).toEqual({ minutes: 75, of: 2 });
    expect(means.recover).toEqual({ minutes: 240, of: 1 });
    expect(means.classify?.of).toBe(1);
    const inApril = await figures(april);
    expect([inApril.means.detect, inApril.means.recover]).toEqual([null, null]);
    const asked = { standing: 'counted', sort: 'incident', from: march.from, until: april.until };
    expect(await listed({ ...asked, timing: 'contain' })).toBe(2);
    expect(await listed({ ...asked, timing: 'detect' })).toBe(1);
  });

  it('count time limits that run, are soon due and are over, and those of a period by their day', async () => {
    const { limits } = await figures(march);
    expect(limits.running).toEqual({ count: 3, incidents: 2 });
    expect(limits.soon).toEqual({ count: 1, incidents: 1 });
    expect(limits.over).toEqual({ count: 1, incidents: 1 });
    expect(limits.kept).toEqual({ count: 1, incidents: 1 });
    expect(limits.missed).toEqual({ count: 0, incidents: 0 });
    expect((await figures(april)).limits).toMatchObject({
      kept: { count: 0 },
      missed: { count: 1 },
    });
    // What is over is missed in the period in which it was due, and in no other.
    expect((await figures({ from: '2026-05-01' })).limits.missed).toEqual({
      count: 1,
      incidents: 1,
    });
    const all = { standing: 'all' };
    expect(await listed({ ...all, limit: 'running' })).toBe(2);
    expect(await listed({ ...all, limit: 'soon' })).toBe(1);
    expect(await listed({ ...all, limit: 'over' })).toBe(1);
    const due = { dueFrom: april.from, dueUntil: april.until };
    expect(await listed({ ...all, ...due, limit: 'missed' })).toBe(1);
    expect(await listed({ ...all, ...due, limit: 'kept' })).toBe(0);
  });

  it('count tasks and actions, and say when it was last looked for recurring incidents', async () => {
    const { tasks, recurring } = await figures();
    expect(tasks).toEqual({
      open: { count: 2, incidents: 1 },
      overdue: { count: 1, incidents: 1 },
    });
    expect(await listed({ standing: 'overdue-tasks' })).toBe(1);
    expect(recurring).toMatchObject({ groups: 0 });
  });

  it('are the same whether a month is whole or counted day by day', async () => {
    expect(await differing()).toBe(0);
    const all = await figures({ from: march.from, until: april.until });
    // The same incidents: from the second day on, and to the last but one, nothing happened outside of these.
    const days = await figures({ from: '2026-03-02', until: '2026-05-02' });
    expect(days.noticed).toEqual(all.noticed);
    expect(days.means).toEqual(all.means);
    const within = await figures({ from: '2026-04-01', until: '2026-04-29' });
    expect(within.noticed.total).toBe(1);
    const oneDay = await figures({ from: '2026-03-31', until: '2026-03-31' });
    expect(oneDay.noticed).toEqual({ total: 1, major: 1 });
    const acrossNoMonth = await figures({ from: '2026-03-31', until: '2026-04-01' });
    expect(acrossNoMonth.noticed).toEqual({ total: 2, major: 1 });
  });

  it('of days that can’t be are those of the usual period, and say so', async () => {
    const { problem, period, offered } = await figures({ from: '2026-02-30' });
    expect(problem).toMatch(/^From: “2026-02-30” is no day of the calendar/);
    expect(period).toEqual(offered[1]?.period);
    for (const one of offered) expect((await figures(one.period)).problem).toBeNull();
    const { problem: tooLong } = await figures({ from: '2019-01-01', until: '2026-01-01' });
    expect(tooLong).toMatch(/at most five years/);
  });

  it('follow an incident that turns out to have been noticed in another month, or comes back', async () => {
    const moved = await report('2026-02-10T10:00');
    await triage(moved);
    expect((await figures({ from: '2026-02-01', until: '2026-02-28' })).noticed.total).toBe(1);
    await enter(moved, 2, {
      detected_at: '2026-01-31T23:59:59Z',
      root_cause: 'human_error_mistake',
    });
    expect((await figures({ from: '2026-02-01', until: '2026-02-28' })).noticed.total).toBe(0);
    const january = { from: '2026-01-01', until: '2026-01-31' };
    expect((await figures(january)).byCause[0]?.counts.human_error).toBe(1);
    const ended = { id: moved, seen: '4', as: 'no-incident', of: '', reasons: 'It was a drill.' };
    valueOf(await dropIncident(desk.people.ben.actor, ended, desk.context));
    expect((await figures(january)).noticed.total).toBe(0);
    const back = { id: moved, seen: '5', reasons: 'It was no drill.' };
    valueOf(await reopenIncident(desk.people.ben.actor, back, desk.context));
    expect((await figures(january)).noticed.total).toBe(1);
    expect(await differing()).toBe(0);
  });

  it('count what was contained before anybody noticed as no time, in whole months and day by day', async () => {
    const id = await report('2026-06-10T10:00');
    await triage(id);
    await enter(id, 2, {
      occurred_at: '2026-06-10T08:00:00Z',
      contained_at: '2026-06-10T09:00:00Z',
    });
    for (const until of ['2026-06-30', '2026-06-20']) {
      const { means } = await figures({ from: '2026-06-01', until });
      expect([means.detect, means.contain]).toEqual([
        { minutes: 120, of: 1 },
        { minutes: 0, of: 1 },
      ]);
    }
    expect(await differing()).toBe(0);
  });

  it('are written by the database alone', async () => {
    for (const db of [desk.web, desk.worker])
      await expect(db.$executeRaw`update incident_month set incidents = 0`).rejects.toThrow(
        /permission denied/,
      );
  });
});
