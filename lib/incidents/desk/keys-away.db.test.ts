/** What people can do at the desk while the keys of texts can't be reached, and what they can't. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { unreadable } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { listIncidents } from './list-incidents.ts';
import { acknowledgeIncident, noteIncident } from './move-incident.ts';
import { takeOver } from './take-over.ts';
import { viewIncident } from './view-incident.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => desk.close());

const away = () => vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
const ida = () => desk.people.ida.actor;
const note = (id: string, text: string) =>
  noteIncident(desk.people.ben.actor, { id, note: text }, desk.context);

it('pages say that texts can’t be read, and what needs none goes on', async () => {
  const { id } = await reported(desk);
  away();
  const page = valueOf(await viewIncident(ida(), { id }, desk.context));
  expect(page.title).toBe(unreadable);
  const list = valueOf(await listIncidents(ida(), {}, desk.context));
  expect(list.rows.map(({ title }) => title)).toContain(unreadable);
  const acknowledged = await acknowledgeIncident(
    desk.people.ben.actor,
    { id, seen: '1' },
    desk.context,
  );
  expect(acknowledged).toMatchObject({ ok: true });
});

it('a text is refused with a sentence, and nothing is written', async () => {
  const { id } = await reported(desk);
  const events = () => desk.owner.incidentEvent.count({ where: { incidentId: id } });
  const before = await events();
  away();
  expect(await note(id, 'Asked the provider.')).toMatchObject({
    refusal: { code: 'keys-away' },
  });
  expect(await events()).toBe(before);
});

it('what only stands in the place of a text is never kept as one', async () => {
  const { id } = await reported(desk);
  expect(await note(id, unreadable)).toMatchObject({ refusal: { code: 'keys-away' } });
});

it('a notice of another area waits, and becomes an incident once keys are back', async () => {
  const at = new Date();
  const openedBy = desk.people.ada.actor.personId;
  await inTransaction(desk.web, (tx) =>
    openIncident(
      tx,
      { what: 'freeze', title: 'Everything is frozen', openedBy, operations: [] },
      at,
    ),
  );
  away();
  await expect(takeOver(desk.worker, at)).rejects.toThrow();
  vi.unstubAllEnvs();
  expect(await takeOver(desk.worker, at)).toBeGreaterThan(0);
});
