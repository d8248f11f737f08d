import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { contractSample, functionSample, leiOf, providerSample } from '../testing/samples.ts';
import {
  countConcentrations,
  countGaps,
  foundKinds,
  founds,
  type Found,
} from './found-by-figures.ts';
import type { Kind } from './kinds.ts';
import { dayOf, daysAfter } from '../days.ts';
import { loadThirdParties } from '../board/load-third-parties.ts';
import { listRecords } from './list-records.ts';
import { viewFramework } from './view-framework.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

async function listed(found: Found, kind: Kind = foundKinds[found][0]): Promise<string[]> {
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
  const counts = [...countGaps(view.value), ...countConcentrations(view.value)];
  expect(counts.map(({ found }) => found)).toEqual([
    'lack-plan',
    'lack-test',
    'lack-exit-plan',
    'several-critical',
    'not-substitutable',
  ]);
  for (const { found, kind, count } of counts)
    expect(await listed(found, kind)).toHaveLength(count);
  for (const found of ['lack-exit-plan', 'several-critical', 'not-substitutable'] as const)
    expect(await listed(found, 'contract')).toHaveLength(2);
  expect(await listed('lack-plan', 'contract')).toEqual([]);
});

it('contracts in force are listed by their days, as they are counted: one that ran out without a word is none', async () => {
  const today = dayOf(new Date());
  const before = { inForce: await listed('in-force'), critical: await listed('in-force-critical') };
  const provider = await newRecord(desk, 'provider', { ...providerSample, code: leiOf(52) });
  const served = await newRecord(desk, 'function', { ...functionSample, id: 'F3' });
  const sample = contractSample(provider.id, served.id);
  const uses = sample.uses ?? [];
  const ranOut = await newRecord(desk, 'contract', {
    ...sample,
    reference: 'C-3',
    uses: uses.map((use) => ({ ...use, endsOn: daysAfter(today, -1) })),
  });
  const goesOn = await newRecord(desk, 'contract', {
    ...sample,
    reference: 'C-4',
    uses: uses.map((use) => ({ ...use, endsOn: today })),
    exitTests: [{ on: daysAfter(today, -10), result: 'passed' }],
  });
  expect(await listed('in-force')).toEqual([...before.inForce, goesOn.id].toSorted());
  expect(await listed('in-force-critical')).toEqual([...before.critical, goesOn.id].toSorted());
  const view = await viewFramework(desk.auditor, desk.context);
  if (!view.ok) throw new Error(view.refusal.sentence);
  expect(view.value.contracts).toBe(before.inForce.length + 1);
  expect(view.value.criticalContracts).toBe(before.critical.length + 1);
  const untested = await listed('exit-untested');
  expect(untested).not.toContain(goesOn.id);
  expect(untested).not.toContain(ranOut.id);
  const pack = await loadThirdParties(desk.owner, view.value, today);
  expect(pack.exitPlansUntested).toBe(untested.length);
});
