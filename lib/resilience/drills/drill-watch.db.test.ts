import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { listRecords } from '../records/list-records.ts';
import { saveRecord } from '../records/save-record.ts';
import { newRecord, openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { functionSample, planSample, planTestSample } from '../testing/samples.ts';
import { daysAfter, dayOf } from '../days.ts';
import { DrillWatch, findingOf } from './drill-watch.ts';
import { drillKinds } from './kinds.ts';
import { listDrills } from './list-drills.ts';
import { recordDrill } from './record-drill.ts';

let desk: ResilienceDesk;
let watch: DrillWatch;
const hourMs = 3_600_000;
const clock = () => new Date();

beforeAll(async () => {
  desk = await openResilienceDesk();
});
afterAll(() => desk.database.drop());
beforeEach(() => {
  watch = new DrillWatch({ db: desk.worker, clock });
});

async function drill(reason: string | null): Promise<string> {
  const id = randomUUID();
  const now = new Date();
  await recordDrill(desk.owner, {
    id,
    kind: 'restore',
    startedAt: now,
    endedAt: now,
    reason,
    rtoMs: null,
    rpoMs: null,
    facts: {},
  });
  return id;
}

const findings = async () =>
  valueOf(await listRecords(desk.manager, { kind: 'finding' }, desk.context)).lines;

it('no drill that is in time is a finding', async () => {
  await watch.look();
  expect(await findings()).toEqual([]);
});

it('a failed drill is a finding of the system once, with its day by severity', async () => {
  const id = await drill('The copy differs in table journal.');
  await watch.look();
  await new DrillWatch({ db: desk.worker, clock }).look();
  const lines = await findings();
  expect(lines).toMatchObject([
    { name: 'Drill failed: Restore of the database', state: 'open', grade: 'high' },
  ]);
  const { severity, article } = drillKinds.restore;
  const fault = {
    kind: 'restore',
    why: 'failed',
    drill: id,
    dueOn: '',
    severity,
    article,
    title: '',
    sentence: '',
  } as const;
  expect(lines[0]?.id).toBe(findingOf(fault));
  const row = await desk.owner.resilienceRecord.findFirstOrThrow();
  expect(row.createdBy).toBe('system');
});

it('looks at most once an hour', async () => {
  let now = Date.now() - hourMs;
  const patient = new DrillWatch({ db: desk.worker, clock: () => new Date(now) });
  await patient.look();
  const before = (await findings()).length;
  await drill('The disk became full.');
  now += hourMs - 1;
  await patient.look();
  expect(await findings()).toHaveLength(before);
  now += 1;
  await patient.look();
  expect(await findings()).toHaveLength(before + 1);
});

it('a drill that is overdue is a finding too, and one still open is not opened again', async () => {
  // The organisation was founded a year ago, and no drill has ever passed.
  await desk.owner.genesis.create({
    data: {
      digest: digestOf({}),
      document: '{}',
      state: 'collecting',
      createdAt: new Date(Date.now() - 365 * 24 * hourMs),
    },
  });
  await watch.look();
  await new DrillWatch({ db: desk.worker, clock }).look();
  const overdue = (await findings()).filter(({ name }) => name?.startsWith('Drill overdue: '));
  expect(overdue.map(({ grade }) => grade ?? '').toSorted()).toEqual(['high', 'high', 'medium']);
});

it('two workers that look at once open one finding', async () => {
  const before = (await findings()).length;
  await drill('The network was lost.');
  await Promise.all([watch.look(), new DrillWatch({ db: desk.worker, clock }).look()]);
  expect(await findings()).toHaveLength(before + 1);
});

it('a drill that people hold by hand counts once a test of a plan that names it passed, and no drill that never was does', async () => {
  const faults = async () =>
    valueOf(await listDrills(desk.auditor, {}, desk.context)).faults.map(({ kind, why }) => [
      kind,
      why,
    ]);
  const overdue = ['console-loss', 'overdue'];
  expect(await faults()).toContainEqual(overdue);
  const served = (await newRecord(desk, 'function', functionSample)).id;
  const plan = (await newRecord(desk, 'plan', planSample(served))).id;
  const today = dayOf(clock());
  const facts = {
    ...planTestSample(plan),
    drillKind: 'console-loss',
    plannedOn: today,
    doneOn: today,
  };
  const texts = { title: 'The web server is ended by hand' };
  // Planned, or long ago: neither is a drill that is in time.
  const planned = { ...facts, state: 'planned', doneOn: null };
  const { id } = await newRecord(desk, 'plan-test', planned, texts);
  const long = { ...facts, doneOn: daysAfter(today, -200) };
  await newRecord(desk, 'plan-test', long, { title: 'The same, long ago' });
  expect(await faults()).toContainEqual(overdue);
  const save = (seen: number, changed: object, deviation = '') =>
    saveRecord(
      desk.manager,
      { kind: 'plan-test', id, seen, facts: changed, texts: { deviation } },
      desk.context,
    );
  expect(await save(1, { ...facts, state: 'partly' }, 'It was slow.')).toMatchObject({ ok: true });
  expect(await faults()).toContainEqual(['console-loss', 'failed']);
  expect(await save(2, { ...facts, drill: randomUUID() })).toMatchObject({
    faults: [{ field: 'drill' }],
  });
  expect(await save(2, facts)).toMatchObject({ ok: true });
  expect((await faults()).filter(([kind]) => kind === 'console-loss')).toEqual([]);
  const before = (await findings()).length;
  await watch.look();
  expect(await findings()).toHaveLength(before);
});

it('a test of a plan does not pass by a drill that failed', async () => {
  const drillId = await drill('The network was lost.');
  const [plan] = await desk.owner.resilienceCurrent.findMany({ where: { kind: 'plan' } });
  const facts = { ...planTestSample(plan?.recordId ?? ''), drill: drillId };
  const texts = { title: 'Restore' };
  const save = (state: string, deviation = '') =>
    saveRecord(
      desk.manager,
      {
        kind: 'plan-test',
        id: null,
        seen: 0,
        facts: { ...facts, state },
        texts: { ...texts, deviation },
      },
      desk.context,
    );
  expect(await save('passed')).toMatchObject({ faults: [{ field: 'state' }] });
  expect(await save('failed', 'The network was lost.')).toMatchObject({ ok: true });
});
