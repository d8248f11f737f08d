/** A text of an incident that does not open takes neither the list nor the page with it: against real database and keys. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { unopened, unreadable } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { tellRefusedKeys } from '#lib/operations/worker/refused-keys.ts';
import { UnopenedTexts } from '#lib/persons/texts/unopened-texts.ts';
import { listen, unopenedTopic, type Subscription } from '#lib/platform/db/notify.ts';
import { damageText } from '#lib/platform/db/testing/damage-text.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { listIncidents } from './list-incidents.ts';
import { noteIncident, retitleIncident } from './move-incident.ts';
import { viewIncident } from './view-incident.ts';

let desk: IncidentDesk;
let watch: UnopenedTexts;
let subscription: Subscription;
const heard: string[] = [];
beforeAll(async () => {
  desk = await openIncidentDesk();
  watch = new UnopenedTexts({ db: desk.worker });
  subscription = await listen(desk.database.urls.worker, ({ topic, id }) => {
    if (topic !== unopenedTopic) return;
    heard.push(id ?? '');
    watch.hear(id);
  });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await subscription.close();
  await desk.close();
});

const away = () => vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
const ida = () => desk.people.ida.actor;
const ben = () => desk.people.ben.actor;
const titles = async () =>
  valueOf(await listIncidents(ida(), {}, desk.context)).rows.map(({ title }) => title);
const refusals = () =>
  desk.owner.dataKeyRefusal.findMany({ select: { kind: true, owner: true, fault: true } });
/** An incident whose title does not open. */
async function damaged() {
  const { id } = await reported(desk, 'This one is damaged');
  const { commitment } = await desk.owner.incidentText.findFirstOrThrow({
    where: { incidentId: id, field: 'title' },
  });
  await damageText(desk.owner, 'incident_text', commitment);
  return { id, named: `incident_text/${commitment}` };
}
const look = async (named: string): Promise<void> => {
  await vi.waitFor(() => expect(heard).toContain(named), { timeout: 10_000 });
  await watch.look();
};

it('one bad title is said as such, the rest of the list stands, and it is on record once with an incident', async () => {
  await reported(desk, 'This one is whole');
  const { id, named } = await damaged();
  expect(await titles()).toEqual([unopened, 'This one is whole']);
  const page = valueOf(await viewIncident(ida(), { id }, desk.context));
  expect(page.title).toBe(unopened);
  await look(named);
  await titles();
  await look(named);
  expect(await refusals()).toEqual([{ kind: 'text', owner: named, fault: 'seal-broken' }]);
  await tellRefusedKeys({ db: desk.worker, clock: desk.context.clock });
  expect(await desk.owner.incidentRecord.count({ where: { what: 'key-refused' } })).toBe(1);
});

it('while the key service is away every text says that instead, and nothing is on record', async () => {
  const { named } = await damaged();
  const before = await refusals();
  away();
  expect(new Set(await titles())).toEqual(new Set([unreadable]));
  watch.hear(named);
  await expect(watch.look()).rejects.toThrow();
  expect(await refusals()).toEqual(before);
  vi.unstubAllEnvs();
  expect(await watch.look()).toBe(1);
  expect(await refusals()).toHaveLength(before.length + 1);
});

it('whoever only says that a text does not open puts nothing on record', async () => {
  const { id } = await reported(desk, 'This one opens');
  const { commitment } = await desk.owner.incidentText.findFirstOrThrow({
    where: { incidentId: id, field: 'title' },
  });
  const before = await refusals();
  for (const made of [
    `incident_text/${commitment}`,
    `incident_text/${'ab'.repeat(32)}`,
    `person_value/${commitment}`,
    'incident_text/x',
    '',
    null,
  ])
    watch.hear(made);
  await watch.look();
  expect(await refusals()).toEqual(before);
});

it('what stands in the place of a text that does not open is never kept as one', async () => {
  const { id } = await damaged();
  const events = () => desk.owner.incidentEvent.count({ where: { incidentId: id } });
  const before = await events();
  expect(await noteIncident(ben(), { id, note: unopened }, desk.context)).toMatchObject({
    refusal: { code: 'text-unopened' },
  });
  expect(await retitleIncident(ben(), { id, seen: '1', title: unopened }, desk.context)).toEqual(
    expect.objectContaining({ ok: false }),
  );
  expect(await events()).toBe(before);
  // A new title mends the page.
  valueOf(await retitleIncident(ben(), { id, seen: '1', title: 'It is whole' }, desk.context));
  expect(await titles()).toContain('It is whole');
});
