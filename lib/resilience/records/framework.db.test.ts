import { afterAll, beforeAll, expect, it } from 'vitest';
import { exitTexts } from '../kinds/contract-words.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import {
  contractSample,
  entitySample,
  functionSample,
  leiOf,
  planSample,
  planTestSample,
  providerSample,
} from '../testing/samples.ts';
import { retireRecord } from './retire-record.ts';
import { viewFramework } from './view-framework.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

async function figures() {
  const view = await viewFramework(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  return view.value;
}

it('figures are those of the records as they stand, whatever was reckoned before', async () => {
  expect(await figures()).toMatchObject({ gaps: [], contracts: 0 });
  await newRecord(desk, 'entity', entitySample);
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(50) });
  const served = await newRecord(desk, 'function', functionSample);
  expect((await figures()).gaps.map(({ what }) => what)).toEqual(['plan', 'test']);
  const contract = await newRecord(desk, 'contract', contractSample(provider.id, served.id));
  const open = await figures();
  expect(open).toMatchObject({
    contracts: 1,
    criticalContracts: 1,
    clauses: [{ contract: contract.id, missing: 21 }],
    concentrations: [{ kind: 'not-substitutable', provider: provider.id }],
  });
  expect(open.gaps.map(({ what, contract: of }) => [what, of])).toEqual([
    ['plan', null],
    ['test', null],
    ['exit-plan', contract.id],
  ]);
  expect(open.completeness.find(({ template }) => template === 'B_02.02')).toMatchObject({
    rows: 1,
    asked: 18 - 1,
    filled: 18 - 1,
  });
  await retireRecord(desk.manager, { id: contract.id, seen: 1, reason: 'Ended.' }, desk.context);
  expect(await figures()).toMatchObject({ contracts: 0, clauses: [], concentrations: [] });
  expect(await figures()).toBe(await figures());
});

it('nothing is missing of a critical function that has all it needs', async () => {
  const texts = Object.fromEntries(Object.keys(exitTexts).map((field) => [field, 'Written down.']));
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(51) });
  const served = await newRecord(desk, 'function', { ...functionSample, id: 'F2' });
  await newRecord(
    desk,
    'contract',
    { ...contractSample(provider.id, served.id), reference: 'C-2' },
    texts,
  );
  const plan = await newRecord(desk, 'plan', planSample(served.id));
  await newRecord(desk, 'plan-test', planTestSample(plan.id), { title: 'Site lost' });
  const gaps = (await figures()).gaps.filter(({ function: of }) => of === served.id);
  // A plan counts once another person has approved it.
  expect(gaps.map(({ what }) => what)).toEqual(['plan']);
});
