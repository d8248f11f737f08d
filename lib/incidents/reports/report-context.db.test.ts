import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { recordProfile } from '../entity/record-profile.ts';
import { reportDigest } from '../report/digest.ts';
import type { ReportValues } from '../report/field-types.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { majorIncident, recordSampleEntity, sampleProfile } from '../testing/major-incident.ts';
import { pressReport } from '../testing/press-report.ts';
import { openReport } from './open-report.ts';
import { saveDraft } from './save-draft.ts';
import { viewReport } from './view-report.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

const view = async (id: string) =>
  valueOf(await viewReport(desk.people.mia.actor, { id }, desk.context));

async function begun(): Promise<string> {
  const { id: incident } = await majorIncident(desk);
  const { ada } = desk.people;
  const { id } = valueOf(
    await openReport(ada.actor, { id: incident, stage: 'initial' }, desk.context),
  );
  const values = { '2.4': 'Withdrawals of all clients failed at the node of the provider.' };
  valueOf(await saveDraft(ada.actor, { id, seen: 1, values }, desk.context));
  return id;
}

const joinGroup = async (seen: string) =>
  valueOf(
    await recordProfile(
      desk.people.mia.actor,
      { ...sampleProfile, seen, parentName: 'Sample Group SE', parentLei: '7LTWFZYICNSX8D621K86' },
      desk.context,
    ),
  );

it('a report is held against what the console knows beside the document, and its digest stays the document’s alone', async () => {
  const id = await begun();
  const before = await view(id);
  expect(before.blocking).toEqual([]);
  valueOf(await pressReport(desk, desk.people.ada, { id, seen: 0, step: 'raised' }));
  await joinGroup('1');
  const after = await view(id);
  expect(after.blocking).toEqual(['1.13 missing-group', '1.14 missing-group']);
  expect(after.digest).toBe(before.digest);
  const values = Object.fromEntries(
    after.fields.flatMap(({ no, value }) => (value === null ? [] : [[no, value]])),
  ) as ReportValues;
  expect(after.digest).toBe(reportDigest(values));

  // What came to light since is answered for by nobody, so it goes back to be completed.
  const released = await pressReport(desk, desk.people.ben, { id, seen: 1, step: 'released' });
  expect(released).toMatchObject({ ok: false, refusal: { code: 'breaks-rules' } });
});
