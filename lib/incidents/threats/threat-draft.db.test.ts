import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { reportIncident } from '../desk/report-incident.ts';
import { viewIncident } from '../desk/view-incident.ts';
import type { ThreatValues } from '../report/threat-notification.ts';
import { listReports } from '../reports/list-reports.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { recordSampleEntity } from '../testing/major-incident.ts';
import { recordThreatSent } from './record-threat-sent.ts';
import { saveThreatDraft } from './save-threat-draft.ts';

let desk: IncidentDesk;
let threat: { id: string; number: string };
beforeAll(async () => {
  desk = await openIncidentDesk();
  await recordSampleEntity(desk);
  const form = {
    sort: 'threat',
    detectedAt: fieldOf(desk.context.clock()),
    title: 'A campaign against signing devices',
    description: 'Firmware of the devices is attacked elsewhere.',
  };
  threat = valueOf(await reportIncident(desk.people.ada.actor, form, desk.context));
});
afterAll(() => desk.close());

type Who = keyof IncidentDesk['people'];
const save = (seen: number, values: ThreatValues, id = threat.id, who: Who = 'ada') =>
  saveThreatDraft(desk.people[who].actor, { id, seen, values }, desk.context);
const page = async () =>
  valueOf(await listReports(desk.people.ida.actor, { incident: threat.id }, desk.context));
const codeOf = async (acting: Promise<unknown>): Promise<string> => {
  const result = (await acting) as { ok: boolean; refusal?: { code: string } };
  return result.ok ? 'done' : (result.refusal?.code ?? '?');
};
async function sent(more: object = {}, who: Who = 'ada'): Promise<string> {
  const { incident, threatDraft } = await page();
  const form = {
    id: threat.id,
    seen: String(incident.seq),
    draft: String(threatDraft?.version ?? 0),
    sentAt: fieldOf(desk.context.clock()),
    to: 'The authority, through its portal',
    ...more,
  };
  return codeOf(recordThreatSent(desk.people[who].actor, form, desk.context));
}

it('what was written into the notification of a threat is kept with who and when, and stands there again', async () => {
  const { threat: known, threatDraft } = await page();
  expect(threatDraft).toBeNull();
  const written = { ...known, 14: 'Keys could be read out of devices.', 17: '' };
  expect(valueOf(await save(0, written))).toEqual({ version: 1 });
  expect(await page()).toMatchObject({
    threat: { 14: 'Keys could be read out of devices.' },
    threatDraft: { version: 1, by: 'Ada Hofmann' },
  });
  expect((await page()).threat).not.toHaveProperty('17');
  expect(await codeOf(save(0, written))).toBe('draft-moved');
  expect(await codeOf(save(1, { 21: 'x' }))).toBe('form-invalid');
  expect(await codeOf(save(1, written, threat.id, 'ida'))).toBe('not-allowed');
  expect(await codeOf(save(0, written, (await reported(desk)).id))).toBe('incident-unknown');
  const huge = Object.fromEntries(
    Array.from({ length: 20 }, (_, no) => [String(no + 1), '中'.repeat(32_767)]),
  );
  expect(await codeOf(save(1, huge))).toBe('too-large');
});

it('that it was sent stands in the timeline, with when, to whom and the digest of what was sent', async () => {
  const now = desk.context.clock().getTime();
  expect(await sent()).toBe('breaks-rules');
  const { threat: known, threatDraft } = await page();
  const whole = { ...known, 15: ['data_losses'], 16: 'active', 17: 'Every device was updated.' };
  valueOf(await save(threatDraft?.version ?? 0, whole));
  expect(await sent({}, 'ida')).toBe('not-allowed');
  expect(await sent({ sentAt: fieldOf(new Date(now + 86_400_000)) })).toBe('in-the-future');
  expect(await sent({ sentAt: fieldOf(new Date(now - 86_400_000)) })).toBe('too-early');
  expect(await sent({ draft: '1' })).toBe('draft-moved');
  expect(await sent()).toBe('done');
  const view = valueOf(await viewIncident(desk.people.ida.actor, { id: threat.id }, desk.context));
  expect(view.timeline[0]).toMatchObject({
    kind: 'threat-notified',
    by: 'Ada Hofmann',
    event: { facts: { draft: 2, digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    texts: [{ field: 'sent-to', text: 'The authority, through its portal' }],
  });
});

it('a draft is written once: the web role can’t change or erase it, nor write one for an incident', async () => {
  await expect(
    desk.web.threatDraft.updateMany({ data: { sealed: null, erasedAt: new Date() } }),
  ).rejects.toThrow(/permission denied/);
  await expect(desk.web.threatDraft.deleteMany()).rejects.toThrow(/permission denied/);
  const { id } = await reported(desk);
  const copy = await desk.web.threatDraft.findFirstOrThrow({ where: { incidentId: threat.id } });
  const copied = { ...copy, incidentId: id, version: 1, commitment: 'ab'.repeat(32) };
  await expect(desk.web.threatDraft.create({ data: copied })).rejects.toThrow(/only a threat/);
  await expect(
    desk.web.threatDraft.create({ data: { ...copied, incidentId: threat.id, version: 9 } }),
  ).rejects.toThrow(/follow one another/);
  await expect(desk.owner.threatDraft.updateMany({ data: { writtenBy: 'x' } })).rejects.toThrow();
});
