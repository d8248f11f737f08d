/** Records that name one another: providers, functions, contracts and the chain behind them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  contractSample,
  entitySample,
  findingSample,
  functionSample,
  leiOf,
  planSample,
  planTestSample,
  providerSample,
  riskSample,
  sampleUse,
  testSample,
} from '../testing/samples.ts';
import { eraseTexts } from '../testing/erase-texts.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { listRecords } from './list-records.ts';
import { retireRecord } from './retire-record.ts';
import { saveRecord } from './save-record.ts';
import { viewGraph } from './view-graph.ts';
import { viewRecord } from './view-record.ts';
import { writeRecord } from './write-record.ts';

let desk: ResilienceDesk;
let parent: string;
let direct: string;
let sub: string;
let served: string;
let contract: string;
const service = 'eba_TA:S17';

beforeAll(async () => {
  desk = await openResilienceDesk();
  const provider = async (number: number, more: object = {}) =>
    (await newRecord(desk, 'provider', { ...providerSample, code: leiOf(number), ...more })).id;
  parent = await provider(10, { name: 'Group N.V.', latinName: 'Group N.V.' });
  direct = await provider(11, { parent });
  sub = await provider(12, { name: 'Racks GmbH', latinName: 'Racks GmbH', country: 'DE' });
  served = (await newRecord(desk, 'function', functionSample)).id;
  contract = (
    await newRecord(desk, 'contract', {
      ...contractSample(direct, served),
      chain: [
        { service, provider: direct, rank: 1 },
        { service, provider: sub, rank: 2, recipient: direct },
      ],
    })
  ).id;
});
afterAll(() => desk.database.drop());

const retire = (id: string, seen = 1) =>
  retireRecord(desk.manager, { id, seen, reason: 'No longer used.' }, desk.context);

it('the graph leads from a function over its contract to the last subcontractor and the parent', async () => {
  const graph = await viewGraph(desk.auditor, { id: served }, desk.context);
  if (!graph.ok) throw new Error(graph.refusal.sentence);
  const { nodes, edges, isWhole } = graph.value;
  expect(isWhole).toBe(true);
  expect(nodes.map(({ id }) => id).toSorted()).toEqual(
    [served, contract, direct, sub, parent].toSorted(),
  );
  expect(edges.map(({ from, to, what, rank }) => [from, to, what, rank])).toEqual([
    [served, contract, 'supported-by', null],
    [contract, direct, 'provided-by', 1],
    [direct, sub, 'hands-on-to', 2],
    [direct, parent, 'belongs-to', null],
  ]);
});

it('a record shows what it names and what names it', async () => {
  const view = await viewRecord(desk.auditor, { id: direct }, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  expect(view.value.names).toMatchObject([{ field: 'parent', id: parent }]);
  expect(view.value.namedBy.map(({ field, id }) => [field, id])).toEqual([
    ['assessments.provider', contract],
    ['chain.provider', contract],
    ['chain.recipient', contract],
    ['providerSignatories', contract],
    ['uses.provider', contract],
  ]);
});

it('a contract is as critical as the functions that it supports are now', async () => {
  const listed = async (grade: string) => {
    const list = await listRecords(
      desk.auditor,
      { kind: 'contract', grades: [grade] },
      desk.context,
    );
    return list.ok ? list.value.lines.map(({ id, grade: of }) => [id, of]) : [];
  };
  expect(await listed('critical')).toEqual([[contract, 'critical']]);
  expect(await listed('not-critical')).toEqual([]);
  const assess = (seen: number, critical: string) =>
    saveRecord(
      desk.manager,
      { kind: 'function', id: served, seen, facts: { ...functionSample, critical }, texts: {} },
      desk.context,
    );
  await assess(1, 'eba_BT:x29');
  expect(await listed('critical')).toEqual([]);
  expect(await listed('not-critical')).toEqual([[contract, 'not-critical']]);
  await assess(2, 'eba_BT:x28');
});

describe('names', () => {
  const save = (change: object) =>
    saveRecord(
      desk.manager,
      {
        kind: 'contract',
        id: null,
        seen: 0,
        facts: { ...contractSample(direct, served), reference: 'C-NEW', ...change },
        texts: {},
      },
      desk.context,
    );

  it('of what is not there, or is something else, are refused in their field', async () => {
    const nobody = '99999999-9999-4999-8999-999999999999';
    expect(await save({ uses: [sampleUse(nobody, served)] })).toMatchObject({
      faults: [
        {
          field: 'uses.0.provider',
          reason: 'Choose an ICT provider that is on record.',
        },
      ],
    });
    expect(await save({ uses: [sampleUse(direct, direct)] })).toMatchObject({
      faults: [{ field: 'uses.0.function', reason: 'Choose a function that is on record.' }],
    });
    expect(await save({ reference: 'C-CLOUD-1' })).toMatchObject({
      faults: [{ field: 'reference' }],
    });
  });

  it('hold: what is named is not retired, and what is retired is not named', async () => {
    expect(await retire(sub)).toMatchObject({
      refusal: {
        code: 'record-linked',
        sentence: expect.stringMatching(/^It is named by CT-/) as string,
      },
    });
    const { id: unused } = await newRecord(desk, 'provider', {
      ...providerSample,
      code: leiOf(13),
    });
    expect(await retire(unused)).toMatchObject({ ok: true });
    expect(await save({ uses: [sampleUse(unused, served)] })).toMatchObject({
      faults: [{ field: 'uses.0.provider', reason: expect.stringMatching(/is retired/) as string }],
    });
  });

  it('hold while both happen at once: never is one retired that a record in use names', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await newRecord(desk, 'provider', {
        ...providerSample,
        code: leiOf(100 + round),
      });
      const [retired, saved] = await Promise.all([
        retire(id),
        save({ reference: `C-RACE-${round}`, uses: [sampleUse(id, served)] }),
      ]);
      expect([retired.ok, saved.ok].filter(Boolean)).toHaveLength(1);
    }
  });
});

it('an individual’s name and code can be erased, and stand in no row that stays', async () => {
  const texts = { code: '1985010112345', name: 'Jean Muller', 'latin-name': 'Jean Muller' };
  const facts = { person: 'eba_CT:x213', codeType: 'eba_qCO:qx2001', country: 'LU' };
  const { id, number } = await newRecord(desk, 'provider', facts, texts);
  const row = await desk.owner.resilienceCurrent.findUniqueOrThrow({ where: { recordId: id } });
  expect(row.ref).toBe(number);
  expect(JSON.stringify({ ...row, changed: null })).not.toContain('Muller');
  await eraseTexts(desk.manager, { recordId: id }, desk.context);
  const view = await viewRecord(desk.manager, { id }, desk.context);
  expect(view).toMatchObject({ value: { texts: { code: '(erased)', name: '(erased)' } } });
  // What was erased is not asked for again.
  const next = { kind: 'provider', id, seen: 1, facts: { ...facts, country: 'DE' }, texts: {} };
  expect(await saveRecord(desk.manager, next, desk.context)).toMatchObject({ ok: true });
});

it('there is one entity, whatever its LEI', async () => {
  await newRecord(desk, 'entity', entitySample);
  const second = {
    kind: 'entity',
    id: null,
    seen: 0,
    facts: { ...entitySample, lei: leiOf(99) },
    texts: {},
  };
  expect(await saveRecord(desk.manager, second, desk.context)).toMatchObject({
    faults: [{ field: 'lei' }],
  });
});

it('tests, plans, findings and risks are kept with their people', async () => {
  const { personId } = desk.administrator;
  const titled = { title: 'Loss of a site' };
  await newRecord(desk, 'risk', riskSample(personId), titled);
  const test = await newRecord(desk, 'test', testSample(served), {
    title: 'Web console',
    tester: 'Red Team Ltd',
  });
  const plan = await newRecord(desk, 'plan', planSample(served));
  const drill = await newRecord(desk, 'plan-test', planTestSample(plan.id), titled);
  const finding = { ...findingSample, test: test.id, planTest: drill.id };
  const found = await newRecord(desk, 'finding', finding, { title: 'Restore was slow' });
  // Nobody validates in the name of another, and what they remedied themselves.
  const remedied = {
    ...finding,
    state: 'remedied',
    remediedOn: '2026-11-10',
    remediedBy: desk.manager.personId,
  };
  const save = (seen: number, facts: object, actor = desk.manager) =>
    saveRecord(actor, { kind: 'finding', id: found.id, seen, facts, texts: {} }, desk.context);
  expect(await save(1, remedied)).toMatchObject({ ok: true });
  const validated = {
    ...remedied,
    state: 'validated',
    validatedOn: '2026-11-12',
    validatedBy: personId,
  };
  expect(await save(2, validated)).toMatchObject({ faults: [{ field: 'validatedBy' }] });
  expect(await save(2, validated, desk.administrator)).toMatchObject({ ok: true });
});

it('the worker writes what it finds in the name of the console, and of nobody else', async () => {
  const write = (by: string) =>
    inTransaction(desk.worker, (tx) =>
      writeRecord(tx, {
        kind: 'finding',
        id: null,
        seen: 0,
        facts: { ...findingSample, source: 'drill' },
        texts: { title: 'A drill is overdue' },
        by,
        at: new Date(),
      }),
    );
  expect(await write('system')).toMatchObject({ ok: true, value: { version: 1 } });
  await expect(write(desk.manager.personId)).rejects.toThrow();
});
