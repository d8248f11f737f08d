import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity } from '../testing/major-incident.ts';
import { openReport } from './open-report.ts';
import { reportFile } from './view-report-file.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

it('a report comes as the ESAs’ JSON, as PDF and as a workbook, under a name without surprises, each on record', async () => {
  const { ada, ida } = desk.people;
  const incident = await majorIncident(desk);
  const { id } = valueOf(
    await openReport(ada.actor, { id: incident.id, stage: 'initial' }, desk.context),
  );
  const file = async (format: string | null) =>
    valueOf(await reportFile(ida.actor, { id, format }, desk.context));
  const json = await file('json');
  expect(json.name).toBe(`${incident.number}-initial-draft.json`);
  expect(JSON.parse(new TextDecoder().decode(json.bytes))).toMatchObject({
    incidentSubmission: 'initial_notification',
  });
  expect(new TextDecoder().decode((await file('pdf')).bytes.subarray(0, 5))).toBe('%PDF-');
  expect(new TextDecoder().decode((await file('xlsx')).bytes.subarray(0, 2))).toBe('PK');
  for (const format of ['exe', null])
    expect(await reportFile(ida.actor, { id, format }, desk.context)).toMatchObject({
      ok: false,
      refusal: { code: 'format-unknown' },
    });
  const read = await desk.owner.auditEntry.count({
    where: { kind: 'incident-report-moved', actor: ida.actor.personId },
  });
  expect(read).toBe(3);
});
