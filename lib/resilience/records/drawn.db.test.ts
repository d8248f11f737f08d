/** What the database draws and adds up as records change is what the records themselves say. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RiskFacts } from '../kinds/risk.ts';
import { isOverAppetite } from '../kinds/risk.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { fillRecords } from '../testing/fill-records.ts';
import {
  contractSample,
  functionSample,
  leiOf,
  providerSample,
  riskSample,
} from '../testing/samples.ts';
import { listRecords } from './list-records.ts';
import { retireRecord } from './retire-record.ts';
import { saveRecord } from './save-record.ts';
import { viewFigures } from './view-figures.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

const today = () => new Date().toISOString().slice(0, 10);
const change = async (
  id: string,
  kind: 'function' | 'risk' | 'contract',
  facts: object,
  seen: number,
) => {
  const saved = await saveRecord(desk.manager, { kind, id, seen, facts, texts: {} }, desk.context);
  if (!saved.ok) throw new Error(saved.refusal.sentence);
};

const byKey = (counts: Iterable<readonly [string, number]>) =>
  [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Counted from every record, in this process. */
async function counted() {
  const all = await desk.owner.resilienceCurrent.findMany({ where: { retired: false } });
  const figures = new Map<string, number>();
  const tallies = new Map<string, number>();
  const add = (to: Map<string, number>, key: unknown[]) => {
    const text = JSON.stringify(key);
    to.set(text, (to.get(text) ?? 0) + 1);
  };
  for (const { kind, state, grade, dueOn, facts } of all) {
    add(figures, [kind, state, grade]);
    if (dueOn && dueOn.toISOString().slice(0, 10) < today())
      add(figures, [kind, state, grade, 'overdue']);
    const risk = kind === 'risk' ? (facts as unknown as RiskFacts) : null;
    const rating = risk ? `${risk.residual.likelihood}x${risk.residual.impact}` : '';
    add(tallies, [kind, state ?? '', grade ?? '', rating, risk !== null && isOverAppetite(risk)]);
  }
  return { figures: byKey(figures), tallies: byKey(tallies) };
}

/** The same as the database and the use case have it. */
async function drawn() {
  const view = await viewFigures(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  const figures = view.value.flatMap(({ kind, state, grade, count, overdue }) => [
    [JSON.stringify([kind, state, grade]), count] as const,
    ...(overdue > 0 ? [[JSON.stringify([kind, state, grade, 'overdue']), overdue] as const] : []),
  ]);
  const rows = await desk.owner.resilienceTally.findMany({ where: { count: { gt: 0 } } });
  const tallies = rows.map(
    ({ kind, state, grade, rating, over, count }) =>
      [JSON.stringify([kind, state, grade, rating, over]), count] as const,
  );
  return { figures: byKey(figures), tallies: byKey(tallies) };
}

it('counts are those of the records, however they were written, changed, retired and brought back', async () => {
  expect(await drawn()).toEqual(await counted());
  const size = {
    providers: 7,
    functions: 3,
    contracts: 12,
    assets: 4,
    risks: 60,
    findings: 50,
    tests: 30,
    plans: 3,
    planTests: 4,
  };
  await fillRecords(desk.owner, { size, by: desk.manager.personId, at: new Date() });
  expect(await drawn()).toEqual(await counted());
  const facts = riskSample(desk.auditor.personId);
  const risk = await newRecord(desk, 'risk', facts, { title: 'Loss of a share' });
  await change(risk.id, 'risk', { ...facts, residual: { likelihood: 4, impact: 4 } }, 1);
  expect(await drawn()).toEqual(await counted());
  const reason = 'It stands in another one.';
  await retireRecord(desk.manager, { id: risk.id, seen: 2, reason }, desk.context);
  expect(await drawn()).toEqual(await counted());
  await change(risk.id, 'risk', facts, 3);
  expect(await drawn()).toEqual(await counted());
});

it('how often anything changed moves with every change, and with one that is taken back it does not', async () => {
  const changes = async () => (await desk.owner.resiliencePulse.findFirstOrThrow()).changes;
  const before = await changes();
  await newRecord(desk, 'provider', { ...providerSample, code: leiOf(800) });
  expect(await changes()).toBeGreaterThan(before);
  const after = await changes();
  await expect(
    newRecord(desk, 'provider', { ...providerSample, code: leiOf(800) }),
  ).rejects.toThrow();
  expect(await changes()).toBe(after);
});

it('a contract is critical as soon as a function of it is, and no longer than that', async () => {
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(801) });
  const facts = { ...functionSample, id: 'F900', critical: 'eba_BT:x29' };
  const served = await newRecord(desk, 'function', facts);
  const contract = await newRecord(desk, 'contract', {
    ...contractSample(provider.id, served.id),
    reference: 'C-FOLLOWS',
    assessments: [],
  });
  const grades = async () => {
    const listed = async (grade: string) => {
      const filter = { kind: 'contract', grades: [grade], words: 'C-FOLLOWS' } as const;
      const page = await listRecords(desk.auditor, { ...filter, grades: [grade] }, desk.context);
      return page.ok ? page.value.lines.map((line) => [line.id, line.grade]) : null;
    };
    return [await listed('critical'), await listed('not-critical')];
  };
  expect(await grades()).toEqual([[], [[contract.id, 'not-critical']]]);
  await change(served.id, 'function', { ...facts, critical: 'eba_BT:x28' }, 1);
  expect(await grades()).toEqual([[[contract.id, 'critical']], []]);
  await change(served.id, 'function', facts, 2);
  expect(await grades()).toEqual([[], [[contract.id, 'not-critical']]]);
});

it('a list of contracts has what its columns show, and a record all of it', async () => {
  const page = await listRecords(
    desk.auditor,
    { kind: 'contract', words: 'C-FOLLOWS' },
    desk.context,
  );
  if (!page.ok) throw new Error(page.refusal.sentence);
  const { facts } = page.value.lines[0] ?? {};
  expect(facts).toMatchObject({ reference: 'C-FOLLOWS', type: 'eba_CO:x1', expense: '120000.50' });
  expect(facts).not.toHaveProperty('uses');
});

it('nobody but the database writes what it counts', async () => {
  for (const db of [desk.context.db, desk.worker]) {
    await expect(db.$executeRaw`update resilience_tally set count = count`).rejects.toThrow();
    await expect(db.$executeRaw`update resilience_pulse set changes = 0`).rejects.toThrow();
    await expect(db.$executeRaw`insert into resilience_pulse values (2, 0)`).rejects.toThrow();
  }
});
