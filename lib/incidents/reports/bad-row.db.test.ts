/** A text of an incident that does not open keeps no report from its limit, and never stands in one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unopened } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { damageText } from '#lib/platform/db/testing/damage-text.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { retitleIncident } from '../desk/move-incident.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { downloadReport } from './download-report.ts';
import { listReports } from './list-reports.ts';
import { openReport } from './open-report.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

const ada = () => desk.people.ada.actor;
const begin = (id: string) => openReport(ada(), { id, stage: 'initial' }, desk.context);
async function damage(incidentId: string, ...fields: string[]): Promise<void> {
  const rows = await desk.owner.incidentText.findMany({
    where: { incidentId, field: { in: fields } },
  });
  expect(rows.length).toBeGreaterThanOrEqual(fields.length);
  for (const { commitment } of rows) await damageText(desk.owner, 'incident_text', commitment);
}

it('a report begins without a description and notes that do not open, which people fill in', async () => {
  const { id } = await majorIncident(desk);
  await damage(id, 'description', 'reasons');
  const report = valueOf(await begin(id));
  const { values, text } = valueOf(await downloadReport(ada(), report, desk.context));
  expect(JSON.stringify(values)).not.toContain(unopened);
  expect(text).not.toContain(unopened);
  expect((await listReports(ada(), { incident: id }, desk.context)).ok).toBe(true);
});

it('a report with a title that does not open waits for another title, and says so', async () => {
  const { id } = await majorIncident(desk);
  await damage(id, 'title');
  expect(await begin(id)).toMatchObject({ refusal: { code: 'text-unopened' } });
  expect(await desk.owner.incidentReport.count({ where: { incidentId: id } })).toBe(0);
  const seen = String((await loadIncident(desk.web, id))?.seq);
  const title = 'Withdrawals are refused';
  valueOf(await retitleIncident(desk.people.ben.actor, { id, seen, title }, desk.context));
  expect((await begin(id)).ok).toBe(true);
});
