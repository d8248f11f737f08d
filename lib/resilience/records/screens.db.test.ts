import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, daysAfter } from '../days.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  contractSample,
  functionSample,
  providerSample,
  riskSample,
  testSample,
} from '../testing/samples.ts';
import { listChoices } from './list-choices.ts';
import { listComing } from './list-coming.ts';
import { listRecords, type ListFilter } from './list-records.ts';
import { retireRecord } from './retire-record.ts';
import { viewResults } from './view-results.ts';
import { viewRiskMap } from './view-risk-map.ts';

let desk: ResilienceDesk;
let served: string;
/** A day so many days from now. */
const at = (days: number): string => daysAfter(dayOf(new Date()), days);
beforeAll(async () => {
  desk = await openResilienceDesk();
  served = (await newRecord(desk, 'function', { ...functionSample, assessedOn: at(-100) })).id;
});
afterAll(() => desk.database.drop());

const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};

it('the picture of risks counts what is open or accepted, and each of its fields opens exactly its list', async () => {
  const risk = (title: string, facts: object) =>
    newRecord(
      desk,
      'risk',
      { ...riskSample(desk.auditor.personId), reviewOn: at(200), ...facts },
      { title },
    );
  await risk('Within the appetite', { residual: { likelihood: 2, impact: 3 } });
  await risk('Over it', { residual: { likelihood: 2, impact: 5 }, reviewOn: at(-20) });
  await risk('Over it, too', { residual: { likelihood: 2, impact: 5 } });
  await risk('Closed', { residual: { likelihood: 2, impact: 5 }, state: 'closed' });
  const gone = await risk('Retired', { residual: { likelihood: 1, impact: 1 } });
  const reason = 'Stands in another one.';
  await retireRecord(desk.manager, { id: gone.id, seen: 1, reason }, desk.context);
  const map = value(await viewRiskMap(desk.auditor, desk.context));
  expect(map).toEqual({
    cells: [
      { likelihood: 2, impact: 3, count: 1, over: 0 },
      { likelihood: 2, impact: 5, count: 2, over: 2 },
    ],
    count: 3,
    over: 2,
    overdue: 1,
  });
  const names = async (filter: Omit<ListFilter, 'kind'>) =>
    value(await listRecords(desk.auditor, { kind: 'risk', ...filter }, desk.context)).lines.map(
      ({ name }) => name,
    );
  expect(await names({ rating: '2x5', states: ['open', 'accepted'] })).toEqual([
    'Over it',
    'Over it, too',
  ]);
  expect(await names({ isOver: true, states: ['open'] })).toEqual(['Over it', 'Over it, too']);
  expect(await names({ category: 'custodial' })).toEqual([]);
  // What is not as asked falls away.
  expect(await names({ rating: '9x9' })).toHaveLength(4);
});

it('what is overdue or due within 90 days is listed soonest first, with its name', async () => {
  await newRecord(
    desk,
    'test',
    { ...testSample(served), plannedOn: at(3) },
    { title: 'Penetration test of the console', tester: 'Red Team GmbH' },
  );
  await newRecord(
    desk,
    'test',
    { ...testSample(served), plannedOn: at(300) },
    { title: 'The one after', tester: 'Red Team GmbH' },
  );
  const { lines, count, today } = value(await listComing(desk.auditor, desk.context));
  expect(today).toBe(at(0));
  expect(lines.map(({ name, dueOn }) => [name, dueOn])).toEqual([
    ['Over it', at(-20)],
    ['Penetration test of the console', at(3)],
  ]);
  expect(count).toBe(2);
});

it('a form offers what is in use by name, and everybody who works here', async () => {
  const provider = await newRecord(desk, 'provider', providerSample);
  await newRecord(desk, 'contract', contractSample(provider.id, served));
  const { records, people } = value(
    await listChoices(desk.auditor, { of: ['provider', 'contract', 'test'] }, desk.context),
  );
  expect(records.provider).toEqual([
    { id: provider.id, number: provider.number, name: 'Cloud One B.V.', grade: null },
  ]);
  expect(records.contract?.[0]?.name).toBe('Cloud for the console');
  expect(records.test?.map(({ name }) => name)).toEqual([
    'Penetration test of the console',
    'The one after',
  ]);
  expect(people.map(({ name }) => name)).toEqual(['Ben Okafor', 'Ida Berg', 'Mara Lind']);
});

it('a place to go on from that is no day, number or id is where a list begins', async () => {
  const page = async (order: 'number' | 'due', after: string) =>
    value(await listRecords(desk.auditor, { kind: 'risk', order, after }, desk.context)).lines;
  const id = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';
  for (const order of ['number', 'due'] as const) {
    const all = value(await listRecords(desk.auditor, { kind: 'risk', order }, desk.context)).lines;
    for (const after of [
      `2026-99-99_${id}`,
      `2026-02-30_${id}`,
      `2026-02-28_${'-'.repeat(36)}`,
      'RK-2026',
      '_',
    ])
      expect(await page(order, after)).toEqual(all);
  }
});

it('what cannot stand in a text, or is no day, is not asked of the database', async () => {
  const asked = { kind: 'contract', words: 'a\0b', from: '2026-02-30', until: 'x' } as const;
  expect(await listRecords(desk.auditor, asked, desk.context)).toMatchObject({ ok: true });
});

it('tests are listed by the days on which they were done, both inclusive', async () => {
  const test = (title: string, doneOn: string) =>
    newRecord(
      desk,
      'test',
      { ...testSample(served), state: 'done', doneOn, result: 'passed' },
      { title, tester: 'Somebody', outcome: 'As expected' },
    );
  await test('Before', at(-400));
  const first = await test('First day', at(-390));
  const last = await test('Last day', at(-380));
  const asked = { kind: 'test', from: at(-390), until: at(-380) } as const;
  const { lines } = value(await listRecords(desk.auditor, asked, desk.context));
  expect(lines.map(({ id }) => id)).toEqual([first.id, last.id]);
  const results = value(
    await viewResults(desk.auditor, { from: asked.from, until: asked.until }, desk.context),
  );
  expect(results).toMatchObject({ tests: 2, testsFailed: 0, planTests: 0, refused: null });
  const turned = value(
    await viewResults(desk.auditor, { from: at(-380), until: at(-390) }, desk.context),
  );
  expect(turned.refused).toBe('The first day lies after the last one.');
  expect(turned.period.until).toBe(at(0));
});
