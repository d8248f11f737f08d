import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { reportIncident } from '../desk/report-incident.ts';
import { listReports } from '../reports/list-reports.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { recordSampleEntity } from '../testing/major-incident.ts';
import { threatFile } from './view-threat-file.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
});
afterAll(() => desk.close());

it('a threat is notified with the fields of Annex III; nothing incomplete, and nothing of an incident, is taken out', async () => {
  const { ada, ida } = desk.people;
  const threat = valueOf(
    await reportIncident(
      ada.actor,
      {
        sort: 'threat',
        detectedAt: fieldOf(desk.context.clock()),
        title: 'A campaign against signing devices',
        description: 'Firmware of the devices is attacked elsewhere.',
      },
      desk.context,
    ),
  );
  const { threat: prefilled } = valueOf(
    await listReports(ida.actor, { incident: threat.id }, desk.context),
  );
  expect(prefilled).toMatchObject({
    1: 'Sample Custody SE',
    13: expect.stringContaining('Firmware'),
  });
  const whole = {
    ...prefilled,
    14: 'Keys could be read out of devices that are not updated.',
    15: ['data_losses'],
    16: 'active',
    17: 'Every device was updated.',
  };
  const take = (id: string, values: unknown, format = 'json', by = ada) =>
    threatFile(by.actor, { id, values, format }, desk.context);
  expect(await take(threat.id, prefilled)).toMatchObject({ refusal: { code: 'breaks-rules' } });
  expect(await take(threat.id, { ...whole, 21: 'x' })).toMatchObject({
    refusal: { code: 'form-invalid' },
  });
  expect(await take(threat.id, whole, 'json', ida)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  expect(await take((await reported(desk)).id, whole)).toMatchObject({
    refusal: { code: 'incident-unknown' },
  });
  const json = valueOf(await take(threat.id, whole));
  expect(json.name).toBe(`${threat.number}-notification.json`);
  expect(new TextDecoder().decode(json.bytes)).toContain('Every device was updated.');
  const pdf = valueOf(await take(threat.id, whole, 'pdf'));
  expect(new TextDecoder().decode(pdf.bytes.subarray(0, 5))).toBe('%PDF-');
});
