/** The file of a breach goes five years after it was closed, by its key; its line in the register stays and verifies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { reported as incidentReported } from '#lib/incidents/testing/incident-desk.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { dayOf } from '#lib/platform/days.ts';
import { listConcerned } from '../../breaches/list-concerned.ts';
import { loadBreach, breachDigestBefore } from '../../breaches/load-breach.ts';
import { noteBreach, reopenBreach } from '../../breaches/move-breach.ts';
import { readBreachTextsOf } from '../../breaches/read-breach-texts.ts';
import { viewBreach } from '../../breaches/view-breach.ts';
import { viewNotificationFile } from '../../breaches/view-notification-file.ts';
import { viewRegisterFile } from '../../breaches/view-register-file.ts';
import { dismissed, reported, withContact } from '../../testing/breach-desk.ts';
import { held, lifted } from '../../testing/hold-desk.ts';
import { aged, oldDismissed, oldSevere, type OldBreach } from '../../testing/old-breaches.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, reportOf } from '../../testing/retention-night.ts';
import { openHold } from '../holds/open-hold.ts';
import { eraseFile } from './erase-files.ts';
import { findDue, fromTheStart } from './find-due.ts';
import { rehearse } from './rehearse.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
/** Of high risk, with the subject of the desk on its list. */
let severe: OldBreach;
beforeAll(async () => {
  desk = await openRequestDesk();
  await withContact(desk);
  severe = await oldSevere(desk, desk.subject);
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const needs = () => ({ db: desk.worker, clock: desk.context.clock });
const workOff = () => new WorkOff(needs()).look();
const today = () => dayOf(desk.context.clock());
const due = async () => {
  const rows = await findDue(desk.worker, 'breach-files', {
    day: today(),
    after: fromTheStart,
    most: 100,
  });
  return new Map(rows.map(({ subject, skip }) => [subject, skip]));
};
const textsOf = async (id: string) =>
  valueOf(await readBreachTextsOf(dora(), { id }, desk.context)).map(({ text }) => text);
const keyOf = async (id: string) =>
  (await desk.owner.privacyBreach.findUniqueOrThrow({ where: { id } })).keyId;
const itemOf = (subject: string) =>
  desk.owner.retentionItem.findFirstOrThrow({ where: { subject }, orderBy: { queuedAt: 'desc' } });
const begin = (breachId: string, runId: string) =>
  desk.worker.$executeRaw`insert into privacy_breach_erasure (breach_id, run_id, begun_at)
    values (${breachId}::uuid, ${runId}::uuid, ${desk.context.clock()})`;

describe('what is due', () => {
  it('is closed for more than five years, found to be none or not; what is open never is', async () => {
    const open = await reported(desk);
    const young = await oldDismissed(desk, { by: '4 years 11 months' });
    // The last day of five years belongs to them.
    const lastDay = await oldDismissed(desk, { by: '5 years' });
    const over = await oldDismissed(desk, { by: '5 years 2 days' });
    const reopened = await oldDismissed(desk);
    const reasons = 'The log shows more than we saw.';
    valueOf(await reopenBreach(dora(), { id: reopened.id, seen: '3', reasons }, desk.context));
    const found = await due();
    expect([over.number, severe.number].map((one) => found.get(one))).toEqual([null, null]);
    for (const { number } of [open, young, lastDay, reopened])
      expect(found.has(number)).toBe(false);
  });

  it('waits for a hold on it, on its category, on somebody whom it concerns, and on everybody behind their client', async () => {
    const other = await oldDismissed(desk);
    const both = [severe.number, other.number];
    const skips = async () => {
      const found = await due();
      return both.map((one) => found.get(one));
    };
    for (const [cover, expected] of [
      [{ person: '', record: severe.number }, ['hold', null]],
      [{ person: '', category: 'breach-files' }, ['hold', 'hold']],
      [{ person: desk.subject }, ['hold', null]],
    ] as const) {
      const hold = await held(desk, cover);
      expect(await skips()).toEqual(expected);
      await lifted(desk, hold.id);
      expect(await skips()).toEqual([null, null]);
    }
  });

  it('waits for an incident that is linked and open', async () => {
    const incident = await incidentReported(desk);
    const linked = await oldDismissed(desk, { incident: incident.number });
    expect((await due()).get(linked.number)).toBe('incident');
    const closed = async (state: string, clock: string) => {
      await desk.owner.$executeRaw`alter table incident_standing disable trigger user`;
      await desk.owner.$executeRaw`update incident_standing set state = ${state}
        where number = ${incident.number}`;
      await desk.owner.$executeRaw`alter table incident_standing enable trigger user`;
      await desk.owner.$executeRaw`insert into incident_clock (incident_id, clock, version, state)
        values (${incident.id}::uuid, 'final', 1, ${clock})
        on conflict (incident_id, clock) do update set state = excluded.state`;
    };
    await closed('closed', 'running');
    expect((await due()).get(linked.number)).toBe('incident');
    await closed('closed', 'met');
    expect((await due()).get(linked.number)).toBe(null);
  });

  it('is rehearsed without anything going', async () => {
    const lines = await rehearse(desk.worker, today());
    const line = lines.find(({ rule }) => rule === 'breach-files');
    expect(line?.due).toBeGreaterThan(0);
    await workOff();
    expect((await textsOf(severe.id)).every((text) => text !== null)).toBe(true);
    expect(await desk.owner.privacyBreachErasure.count()).toBe(0);
  });
});

describe('the database', () => {
  it('lets nothing of a file go but by the worker, in an approved run, when its time is over', async () => {
    const run = '00000000-0000-4000-8000-000000000000';
    await expect(begin(severe.id, run)).rejects.toThrow(/no run that was approved/);
    const young = await oldDismissed(desk, { by: '5 years' });
    await expect(begin(young.id, run)).rejects.toThrow(/kept for five years/);
    const hold = await held(desk, { person: '', record: severe.number });
    await expect(begin(severe.id, run)).rejects.toThrow(/legal hold/);
    await lifted(desk, hold.id);
    const at = { sealed: null, erasedAt: desk.context.clock() };
    const where = { breachId: severe.id };
    await expect(desk.worker.privacyBreachText.updateMany({ where, data: at })).rejects.toThrow(
      /in the trail first/,
    );
    await expect(desk.worker.privacyBreachTold.deleteMany({ where })).rejects.toThrow(
      /goes with its file/,
    );
    await expect(desk.owner.privacyBreachTold.deleteMany({ where })).rejects.toThrow(
      /goes with its file/,
    );
    await expect(
      desk.web.privacyBreachErasure.create({
        data: { breachId: severe.id, runId: run, begunAt: desk.context.clock() },
      }),
    ).rejects.toThrow(/denied/);
  });
});

describe('a run', () => {
  it('that a person approved destroys the key; the line of the register stays, says so and verifies', async () => {
    const keyId = await keyOf(severe.id);
    const { sealed } = await desk.owner.privacyBreachText.findFirstOrThrow({
      where: { breachId: severe.id, field: 'letter' },
    });
    const before = await loadBreach(desk.owner, severe.id);
    if (!before || sealed === null) throw new Error('The breach is not there.');
    const digest = await breachDigestBefore(desk.web, before, before.seq + 1);
    const first = await night(desk);
    expect(await reportOf(desk, first, 'breach-files')).toMatchObject({ outcome: 'waits' });
    await workOff();
    expect(await dataKeys().missing([keyId])).toEqual([]);
    await approve(desk, first, 'breach-files');
    await night(desk);
    await workOff();
    expect(await dataKeys().missing([keyId])).toEqual([keyId]);
    // What a backup still holds opens no more.
    const seq = before.standing.decision?.seq ?? 0;
    const context = `privacy-breach/${severe.id}/${seq}/letter`;
    expect(await dataKeys().open([{ context, sealed }])).toMatchObject([{ state: 'shredded' }]);
    for (const text of await textsOf(severe.id)) expect(text).toBe(null);
    const where = { breachId: severe.id };
    expect(await desk.owner.privacyBreachPerson.count({ where })).toBe(0);
    expect(await desk.owner.privacyBreachTold.count({ where })).toBe(0);
    const trail = { subject: severe.number, kind: 'privacy-breach-erased' } as const;
    expect(await desk.owner.auditEntry.count({ where: trail })).toBe(1);

    const after = await loadBreach(desk.owner, severe.id);
    expect(after?.events).toEqual(before.events);
    expect(await breachDigestBefore(desk.web, before, before.seq + 1)).toBe(digest);
    const view = valueOf(await viewBreach(dora(), severe.number, desk.context));
    expect(view.erasure).toMatchObject({
      erasedAt: expect.stringContaining(today()),
      texts: await desk.owner.privacyBreachText.count({ where }),
      persons: 1,
    });
    expect(view.may).toEqual([]);
    const concerned = valueOf(await listConcerned(dora(), { id: severe.id }, desk.context));
    expect(concerned.count).toBe(0);
    const part = { id: severe.id, part: '1', format: 'txt' };
    expect(await viewNotificationFile(dora(), part, desk.context)).toMatchObject({
      refusal: { code: 'erased', sentence: expect.stringContaining(`erased on ${today()}`) },
    });
    const { bytes } = valueOf(await viewRegisterFile(dora(), { format: 'csv' }, desk.context));
    const register = Buffer.from(bytes).toString('utf8');
    const line = register.split('\r\n').find((one) => one.includes(severe.number)) ?? '';
    expect(line).toContain(`Erased on ${today()}`);
    expect(line).toContain('reference DSB-1');
    expect(line).not.toContain('An export of client names');
  });

  it('leaves nothing to write to, and a hold on what went is refused', async () => {
    const note = { id: severe.id, seen: '11', note: 'Somebody asked again.' };
    expect(await noteBreach(dora(), note, desk.context)).toMatchObject({
      refusal: { code: 'erased' },
    });
    await expect(
      desk.web.privacyBreachEvent.create({
        data: {
          breachId: severe.id,
          seq: 12,
          kind: 'noted',
          facts: {},
          actor: dora().personId,
          at: desk.context.clock(),
        },
      }),
    ).rejects.toThrow(/was erased/);
    const input = {
      ground: 'legal-claim',
      article: '17-3-e',
      reviewOn: `${Number(today().slice(0, 4)) + 1}-01-02`,
      record: severe.number,
      reasons: 'She sues us over the list.',
    };
    expect(await openHold(desk.people.mia.actor, input, desk.context)).toMatchObject({
      refusal: { code: 'erased' },
    });
    expect((await due()).has(severe.number)).toBe(false);
  });

  it('leaves what a hold came for before its turn, and says so', async () => {
    const { id, number } = await oldDismissed(desk);
    await night(desk);
    const hold = await held(desk, { person: '', record: number });
    await workOff();
    expect(await itemOf(number)).toMatchObject({ state: 'left', reason: 'A legal hold covers it' });
    expect(await textsOf(id)).not.toContain(null);
    await lifted(desk, hold.id);
    await night(desk);
    await workOff();
    expect(await itemOf(number)).toMatchObject({ state: 'done' });
  });

  it('goes on to its end where it was cut off, also when a hold came after its key was destroyed', async () => {
    const { id, number } = await oldDismissed(desk);
    const run = await night(desk);
    const keyId = await keyOf(id);
    await begin(id, run);
    await desk.worker.retentionItem.updateMany({
      where: { subject: number },
      data: { state: 'begun' },
    });
    await dataKeys().shred([keyId]);
    const hold = await held(desk, { person: '', category: 'breach-files' });
    await eraseFile(needs(), { runId: run, rule: 'breach-files', subject: number });
    expect(await itemOf(number)).toMatchObject({ state: 'done' });
    for (const text of await textsOf(id)) expect(text).toBe(null);
    await lifted(desk, hold.id);
  });

  it('of one that is closed anew counts from its last closing', async () => {
    const { id, number } = await oldDismissed(desk);
    const reasons = 'The log shows more than we saw.';
    valueOf(await reopenBreach(dora(), { id, seen: '3', reasons }, desk.context));
    await dismissed(desk, id, 4, 'It was a test list.');
    expect((await due()).has(number)).toBe(false);
    await aged(desk, id, '5 years 1 day');
    expect((await due()).get(number)).toBe(null);
  });
});
