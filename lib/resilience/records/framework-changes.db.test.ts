/** Figures that follow changes are those that all records give when they are read anew. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { dayOf } from '../days.ts';
import { openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { fillRecords } from '../testing/fill-records.ts';
import { loadFramework } from './load-framework.ts';
import { loadRecord } from './load-record.ts';
import { retireRecord } from './retire-record.ts';
import { saveRecord } from './save-record.ts';
import { frameworkFigures } from './view-framework.ts';

let desk: ResilienceDesk;
beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());

it('after any change the figures are those of all records read anew', async () => {
  const size = {
    providers: 9,
    functions: 4,
    contracts: 14,
    assets: 5,
    risks: 8,
    findings: 3,
    tests: 25,
    plans: 3,
    planTests: 6,
  };
  const owner = desk.owner;
  await fillRecords(owner, { size, by: desk.manager.personId, at: new Date() });
  const anew = (today: string) => inSnapshot(owner, (tx) => loadFramework(tx, today));
  const same = async (what: string) => {
    const found = await frameworkFigures(desk.context);
    expect(found, what).toEqual(await anew(dayOf(desk.context.clock())));
    return found;
  };
  const change = async (id: string, more: object) => {
    const stands = await loadRecord(owner, id);
    if (!stands) throw new Error('There is no such record.');
    const { kind, version: seen } = stands;
    const facts = { ...(stands.facts as object), ...more };
    const saved = await saveRecord(
      desk.manager,
      { kind, id, seen, facts, texts: {} },
      desk.context,
    );
    if (!saved.ok) throw new Error(saved.refusal.sentence);
  };
  const first = async (kind: string) =>
    (await owner.resilienceCurrent.findFirstOrThrow({ where: { kind, retired: false } })).recordId;
  const before = await same('filled');
  expect(before.contracts).toBe(14);
  const contract = await owner.resilienceCurrent.findFirstOrThrow({
    where: { kind: 'contract', critical: true },
  });
  await change(contract.recordId, { clauses: [{ id: '30(1)', answer: 'met', at: '§ 1' }] });
  expect((await same('a clause is met')).clauses).not.toEqual(before.clauses);
  const [use] = (contract.facts as { uses: { function: string; provider: string }[] }).uses;
  if (!use) throw new Error('The sample has no use.');
  const served = use.function;
  await change(served, { critical: 'eba_BT:x29' });
  expect((await same('a function is no longer critical')).criticalContracts).not.toBe(
    before.criticalContracts,
  );
  await change(served, { critical: 'eba_BT:x28', rtoHours: null });
  expect((await same('it is, without an objective')).gaps).toContainEqual(
    expect.objectContaining({ what: 'rto', function: served }),
  );
  const known = await same('nothing');
  await change(served, { rtoHours: 7 });
  const back = await same('what no contract shows of a function');
  expect(back.concentrations, 'contracts are not added up again').toBe(known.concentrations);
  expect(back.gaps).not.toContainEqual(expect.objectContaining({ what: 'rto', function: served }));
  await change(served, { id: 'F900' });
  await same('a function is called otherwise');
  const other = await owner.resilienceCurrent.findFirstOrThrow({
    where: { kind: 'provider', NOT: { recordId: use.provider } },
  });
  await change(other.recordId, { parent: null });
  await same('a provider left its group');
  await change(await first('test'), { state: 'planned', doneOn: null, result: null });
  await same('a test is still to come');
  await change(await first('risk'), { reviewOn: '2027-01-31' });
  await same('a risk');
  await change(use.provider, { country: 'US' });
  expect((await same('a provider moved')).concentrations).toContainEqual(
    expect.objectContaining({ kind: 'third-country', provider: use.provider }),
  );
  await change(await first('asset'), { name: 'Renamed' });
  await same('an asset');
  await change(await first('entity'), { authority: null });
  await same('the entity');
  const reason = 'It stands in another one.';
  await retireRecord(desk.manager, { id: contract.recordId, seen: 2, reason }, desk.context);
  expect((await same('a contract ended')).contracts).toBe(13);
  await change(contract.recordId, {});
  expect((await same('and came back')).contracts).toBe(14);
  const later = new Date('2040-03-01T12:00:00Z');
  const { db } = desk.context;
  const then = await frameworkFigures({ db, clock: () => later });
  expect(then, 'years later').toEqual(await anew('2040-03-01'));
});
