/** What the pages of retention show, to whom, and that they say the same as the runs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayOf } from '#lib/platform/days.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { approve, decide, night, parted, reportOf } from '../testing/retention-night.ts';
import { monthsFrom } from './calendar.ts';
import { listHolds } from './holds/list-holds.ts';
import { viewHold } from './holds/view-hold.ts';
import { listRuns } from './runs/list-runs.ts';
import { rehearse } from './runs/rehearse.ts';
import { viewRun } from './runs/view-run.ts';
import { viewRetention } from './view-retention.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const today = () => dayOf(desk.context.clock());

it('months follow one another from this one on, each with its last day', () => {
  const months = monthsFrom('2027-12-31');
  expect(months).toHaveLength(24);
  expect(months.slice(0, 3)).toEqual([
    { month: '2027-12', lastDay: '2027-12-31' },
    { month: '2028-01', lastDay: '2028-01-31' },
    { month: '2028-02', lastDay: '2028-02-29' },
  ]);
});

it('the calendar counts what falls due in each month, and in the first what is over already', async () => {
  await parted(desk, { years: 6, client: 'C-95001' });
  await parted(desk, { years: 4, client: 'C-95002' });
  await parted(desk, { years: 1, client: 'C-95003' });
  const { calendar, months } = valueOf(await viewRetention(desk.people.ida.actor, desk.context));
  const counts = calendar.find(({ code }) => code === 'aml-relationship')?.counts ?? [];
  expect(counts[0]).toBe(1);
  // Five years from the day four years ago, and one day.
  const dueIn = dayOf(new Date(Date.parse(monthsLater(today(), 12)) + 86_400_000)).slice(0, 7);
  expect(counts[months.indexOf(dueIn)]).toBe(1);
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2);
});

it('a rehearsal at the command line says the same as the night, and writes nothing', async () => {
  const run = await night(desk);
  const [runs, entries] = [
    await desk.owner.retentionRun.count(),
    await desk.owner.auditEntry.count(),
  ];
  for (const line of await rehearse(desk.web, today())) {
    const report = await reportOf(desk, run, line.rule);
    expect(line).toMatchObject({ due: report.due, skipped: report.skipped, sample: report.sample });
  }
  expect(await desk.owner.retentionRun.count()).toBe(runs);
  expect(await desk.owner.auditEntry.count()).toBe(entries);
});

it('a report offers its approval to who decides, once, and its end to them from then on', async () => {
  const { number } = await desk.owner.retentionRun.findUniqueOrThrow({
    where: { id: await night(desk) },
  });
  const mayOf = async (who: 'mia' | 'ada' | 'dora' | 'ida') => {
    const view = valueOf(await viewRun(desk.people[who].actor, number, desk.context));
    return view.reports.find(({ rule }) => rule === 'relationship')?.may;
  };
  for (const who of ['mia', 'ada'] as const)
    expect(await mayOf(who)).toEqual({ approve: true, stop: false });
  for (const who of ['dora', 'ida'] as const)
    expect(await mayOf(who)).toEqual({ approve: false, stop: false });
  const view = valueOf(await viewRun(desk.people.mia.actor, number, desk.context));
  await approve(desk, view.id, 'relationship');
  expect(await mayOf('ada')).toEqual({ approve: false, stop: true });
  const overview = valueOf(await viewRetention(desk.people.dora.actor, desk.context));
  const line = overview.lines.find(({ code }) => code === 'relationship');
  expect(line?.rule).toMatchObject({
    isApproved: true,
    newest: { outcome: 'approved', run: number },
  });
  expect(overview.waiting.map(({ rule }) => rule)).toEqual(['aml-relationship']);
  valueOf(
    await decide(desk, desk.people.ada, {
      run: view.id,
      rule: 'relationship',
      decision: 'stopped',
    }),
  );
  expect(await mayOf('ada')).toEqual({ approve: false, stop: false });
});

it('nothing of it is shown to who has no part in it, or for an address that is none', async () => {
  const { number } = await held(desk);
  const stranger = { ...desk.people.ben.actor, scopes: scopesOf(['administrator']) };
  for (const view of [
    viewRetention(stranger, desk.context),
    listRuns(stranger, {}, desk.context),
    viewRun(stranger, 'RR-2026-000001', desk.context),
    listHolds(stranger, {}, desk.context),
    viewHold(stranger, number, desk.context),
  ])
    expect(await view).toMatchObject({ refusal: { code: 'not-allowed' } });
  const { actor } = desk.people.dora;
  for (const asked of ['', 'RR-1', 'RR-2026-999999', '../x'])
    expect(await viewRun(actor, asked, desk.context)).toMatchObject({
      refusal: { code: 'run-unknown' },
    });
  for (const asked of ['', 'LH-1', 'LH-2026-999999'])
    expect(await viewHold(actor, asked, desk.context)).toMatchObject({
      refusal: { code: 'hold-unknown' },
    });
  for (const list of [
    await listHolds(actor, { list: 'odd' }, desk.context),
    await listRuns(actor, { after: 'odd' }, desk.context),
  ])
    expect(list).toMatchObject({ refusal: { code: 'filter-invalid' } });
});
