/** The database can't classify: what whoever writes into it dropped is found by the worker. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadIncident } from '../desk/load-incident.ts';
import { openIncidentDesk, reported, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident } from '../testing/major-incident.ts';
import { dropIncident, reopenIncident } from '../desk/move-incident.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { DroppedMajors } from './dropped-majors.ts';

let desk: IncidentDesk;
let watch: DroppedMajors;
beforeAll(async () => {
  desk = await openIncidentDesk();
  watch = new DroppedMajors({ db: desk.worker, clock: desk.context.clock });
});
afterAll(() => desk.close());

const seqOf = async (id: string): Promise<number> => (await loadIncident(desk.web, id))?.seq ?? 0;
/** As whoever has the web server can, in another person's name. */
async function dropBySql(id: string): Promise<void> {
  await desk.web.incidentEvent.create({
    data: {
      incidentId: id,
      seq: (await seqOf(id)) + 1,
      kind: 'dropped',
      actor: desk.people.ben.actor.personId,
      at: desk.context.clock(),
      facts: { as: 'no-incident', of: null },
    },
  });
}
const said = () => desk.owner.incidentRecord.findMany({ where: { what: 'major-dropped' } });
const look = async (): Promise<void> => {
  desk.context.passTime(31_000);
  await watch.look();
};

it('an incident that is major by its facts alone and was dropped past the desk is said, once for each time', async () => {
  const { id, number } = await majorIncident(desk, { decide: false });
  await look();
  expect(await said()).toEqual([]);
  await dropBySql(id);
  for (const _ of [1, 2]) await look();
  desk.context.passTime(86_400_000);
  await look();
  const titles = (await said()).map(({ title }) => title);
  expect(titles).toEqual([
    `${number} was dropped although it is major by what is on record: reopen it`,
  ]);
  const seen = String(await seqOf(id));
  const reasons = 'It was dropped by nobody here.';
  valueOf(await reopenIncident(desk.people.ben.actor, { id, seen, reasons }, desk.context));
  await look();
  expect(await said()).toHaveLength(1);
  await dropBySql(id);
  await look();
  expect(await said()).toHaveLength(2);
});

it('what the desk itself drops is not said', async () => {
  const { id } = await reported(desk);
  const form = { id, seen: '1', as: 'no-incident', of: '', reasons: 'A planned restart.' };
  valueOf(await dropIncident(desk.people.ben.actor, form, desk.context));
  const before = await said();
  await look();
  expect(await said()).toEqual(before);
  const check = { subject_id: { subject: 'drop', id } };
  expect(await desk.owner.workerCheck.findUnique({ where: check })).toMatchObject({ faults: [] });
});
