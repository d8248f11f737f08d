import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { listRecords } from '../records/list-records.ts';
import { openResilienceDesk, type ResilienceDesk } from '../testing/desk.ts';
import { DrillWatch, findingOf } from './drill-watch.ts';
import { drillKinds } from './kinds.ts';
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
