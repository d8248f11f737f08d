import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { appendEvent } from './append-event.ts';
import { lockIncident } from './load-incident.ts';
import { acknowledgeIncident, noteIncident } from './move-incident.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

/** What the worker does by itself as soon as an incident is there. */
const escalate = (id: string): Promise<void> =>
  inTransaction(desk.worker, async (tx) => {
    const file = await lockIncident(tx, id);
    if (!file) throw new Error('The incident is not there.');
    await appendEvent(tx, file, {
      kind: 'escalated',
      by: 'system',
      at: desk.context.clock(),
      facts: { level: 1, rule: 'opened', to: [] },
    });
  });
const acknowledge = async (id: string, seen: string): Promise<string> => {
  const acted = await acknowledgeIncident(desk.people.ada.actor, { id, seen }, desk.context);
  return acted.ok ? 'done' : acted.refusal.code;
};

it('what the system says about an incident in the meantime keeps nobody from acting on it', async () => {
  const { id } = await reported(desk);
  await escalate(id);
  expect(await acknowledge(id, '1')).toBe('done');
});

it('what a person did in the meantime does, whatever the system said after it', async () => {
  const { id } = await reported(desk);
  const note = { id, note: 'The provider has been called.' };
  expect((await noteIncident(desk.people.ben.actor, note, desk.context)).ok).toBe(true);
  await escalate(id);
  expect(await acknowledge(id, '1')).toBe('incident-moved');
  expect(await acknowledge(id, '4')).toBe('incident-moved');
  expect(await acknowledge(id, '2')).toBe('done');
});
