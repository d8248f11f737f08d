import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { contractSample, functionSample, leiOf, providerSample } from '../testing/samples.ts';
import { foundKinds, founds, type Found } from './found-by-figures.ts';
import { listRecords } from './list-records.ts';
import { viewFramework } from './view-framework.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

async function listed(found: Found, kind = foundKinds[found]): Promise<string[]> {
  const page = await listRecords(desk.auditor, { kind, found }, desk.context);
  if (!page.ok) throw new Error(page.refusal.sentence);
  return page.value.lines.map(({ id }) => id).toSorted();
}

it('the list behind a number of the overview has as many lines as the number says', async () => {
  for (const found of founds) expect(await listed(found)).toEqual([]);
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(50) });
  // Of each kind one that no figure counts.
  await newRecord(desk, 'provider', { ...providerSample, code: leiOf(51) });
  const served = await newRecord(desk, 'function', functionSample);
  const other = await newRecord(desk, 'function', {
    ...functionSample,
    id: 'F2',
    critical: 'eba_BT:x29',
  });
  for (const reference of ['C-1', 'C-2'])
    await newRecord(desk, 'contract', { ...contractSample(provider.id, served.id), reference });
  const view = await viewFramework(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  const { clauses, gaps, concentrations } = view.value;
  const lacking = new Set(gaps.map((gap) => gap.function));
  expect(clauses).toHaveLength(2);
  expect(lacking.size).toBe(1);
  expect(await listed('lack-clauses')).toEqual(clauses.map(({ contract }) => contract).toSorted());
  expect(await listed('gaps')).toEqual([...lacking]);
  expect(await listed('gaps')).not.toContain(other.id);
  const concentrated = new Set(concentrations.map((one) => one.provider));
  expect(concentrated.size).toBe(1);
  expect(await listed('concentration')).toEqual([...concentrated]);
  expect(await listed('gaps', 'contract')).toEqual([]);
});
