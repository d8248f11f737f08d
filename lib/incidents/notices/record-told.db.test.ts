import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { clientNotice } from '../report/client-notice.ts';
import { listReports } from '../reports/list-reports.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { recordTold } from './record-told.ts';

let desk: IncidentDesk;
let incident: string;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
  incident = (await majorIncident(desk)).id;
});
afterAll(() => desk.close());

const list = async () =>
  valueOf(await listReports(desk.people.ida.actor, { incident }, desk.context));
const tell = async (more: object, by = desk.people.ada) =>
  recordTold(
    by.actor,
    { id: incident, seen: String((await list()).incident.seq), count: '', ...more },
    desk.context,
  );
const codeOf = async (telling: ReturnType<typeof tell>): Promise<string> => {
  const told = await telling;
  return told.ok ? 'done' : told.refusal.code;
};

it('clients whose money is touched are owed a text, drawn up from the facts; that they were told stops its clock', async () => {
  expect((await list()).notice).toBeNull();
  const file = await loadIncident(desk.web, incident);
  valueOf(
    await recordFacts(
      desk.people.ada.actor,
      {
        id: incident,
        seen: file?.seq,
        facts: { financial_interest: { value: 'yes', estimated: false, evidence: null } },
      },
      desk.context,
    ),
  );
  const { notice, clocks } = await list();
  expect(clocks.find(({ id }) => id === 'clients')).toMatchObject({ state: 'running' });
  const made = notice && clientNotice({ ...notice, measures: ['We moved to a second node.'] });
  expect(made?.text).toContain('Sample Custody SE');
  expect(await codeOf(tell({ whom: 'clients', count: '9', text: made?.text }))).toBe('done');
  const after = await list();
  expect(after.told).toMatchObject([{ whom: 'clients', count: 9, text: made?.text.trim() }]);
  expect(after.clocks.find(({ id }) => id === 'clients')).toMatchObject({ state: 'met' });
});

it('an auditor tells nobody, nobody is told nothing, and what others did meanwhile is looked at first', async () => {
  const text = 'The impact, what is done about it, and that withdrawals wait.';
  expect(await codeOf(tell({ whom: 'board', text }, desk.people.ida))).toBe('not-allowed');
  expect(await codeOf(tell({ whom: 'board', text: '' }))).toBe('text-invalid');
  expect(await codeOf(tell({ whom: 'clients', count: '0', text }))).toBe('nobody');
  expect(await codeOf(tell({ whom: 'clients', count: '-3', text }))).toBe('form-invalid');
  expect(await codeOf(tell({ whom: 'newspapers', text }))).toBe('form-invalid');
  expect(await codeOf(tell({ whom: 'board', text, seen: '1' }))).toBe('incident-moved');
  expect(await codeOf(tell({ whom: 'board', text }))).toBe('done');
});
