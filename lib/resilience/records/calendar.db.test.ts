import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  assetSample,
  functionSample,
  planSample,
  planTestSample,
  testSample,
} from '../testing/samples.ts';
import { saveRecord } from './save-record.ts';
import { viewCalendar } from './view-calendar.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

async function lastOn(id: string): Promise<string | null | undefined> {
  const view = await viewCalendar(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  return view.value.duties.find((duty) => duty.id === id)?.lastOn;
}

it('a duty about all of a kind counts from the one that waits longest, and from none where one was never done', async () => {
  expect(await lastOn('classification')).toBeNull();
  const first = await newRecord(desk, 'function', functionSample);
  await newRecord(desk, 'function', { ...functionSample, id: 'F2', assessedOn: '2026-06-01' });
  expect(await lastOn('classification')).toBe('2026-03-01');
  const asset = (code: string) =>
    newRecord(desk, 'asset', { ...assetSample, code, critical: 'critical', functions: [first.id] });
  const [one, two] = [await asset('a'), await asset('b')];
  const test = (of: string, doneOn: string) =>
    newRecord(
      desk,
      'test',
      { ...testSample(first.id), assets: [of], state: 'done', doneOn, result: 'passed' },
      { title: 'Network', tester: 'Red Team Ltd', outcome: 'Nothing was found.' },
    );
  await test(one.id, '2026-05-05');
  expect(await lastOn('system-tests')).toBeNull();
  await test(two.id, '2026-07-07');
  await test(one.id, '2026-08-08');
  expect(await lastOn('system-tests')).toBe('2026-07-07');
});

it('plans count once they are approved, by the newest test of each', async () => {
  const [served] = await desk.owner.resilienceCurrent.findMany({ where: { kind: 'function' } });
  const draft = planSample(served?.recordId ?? '');
  const plan = await newRecord(desk, 'plan', draft, { activation: 'The site is lost.' });
  expect(await lastOn('plan-tests')).toBeNull();
  const approved = {
    ...draft,
    state: 'approved',
    approvedOn: '2026-11-01',
    approvedBy: desk.administrator.personId,
  };
  const input = { kind: 'plan', id: plan.id, seen: 1, facts: approved, texts: {} };
  expect(await saveRecord(desk.administrator, input, desk.context)).toMatchObject({ ok: true });
  expect(await lastOn('plan-tests')).toBeNull();
  await newRecord(desk, 'plan-test', planTestSample(plan.id), { title: 'Site lost' });
  expect(await lastOn('plan-tests')).toBe('2026-10-02');
});
