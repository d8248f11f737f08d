import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Result } from '#lib/platform/result.ts';
import { listNoticesDue } from '../home/list-notices-due.ts';
import { loadReceived } from '../package/load-received.ts';
import { decideCorrection } from '../rectification/decide-correction.ts';
import { proposeCorrection } from '../rectification/propose-correction.ts';
import { closeRequest, fulfilRequest } from '../requests/carry-out.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { viewRequest } from '../requests/view-request.ts';
import { granting, openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { activityOnInterest, identified, restricted } from '../testing/restriction-desk.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { endNotices, recordNotice } from './record-notice.ts';
import { viewNotices, type DutyView } from './view-notices.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const refusal = async (writing: Promise<unknown>): Promise<string> =>
  writing.then(
    () => 'written',
    (error: unknown) => /CS00[123]|42501/.exec(String(error))?.[0] ?? String(error),
  );
const dora = () => desk.people.dora.actor;
const dutiesOf = async (about: { personId: string } | { requestId: string }) =>
  valueOf(await viewNotices(dora(), about, desk.context)).duties;
const tell = (duty: string, recipient: string, result = 'told', by = dora()) =>
  recordNotice(by, { duty, recipient, result }, desk.context);
const end = (duty: string, by = dora()) => endNotices(by, { duty }, desk.context);
async function allTold({ id, recipients }: DutyView): Promise<void> {
  for (const recipient of recipients) valueOf(await tell(id, recipient.code));
  valueOf(await end(id));
}

/** Of an e-mail address, by Ada; two people make it so. */
async function corrected(): Promise<string> {
  const { ada, ben } = desk.people;
  const given = { person: desk.subject, source: 'form', email: `new-${randomUUID()}@example.org` };
  const { correction } = valueOf(await proposeCorrection(ada.actor, given, desk.context));
  const made = { correction, outcome: 'made' };
  valueOf(await decideCorrection(ben.actor, made, desk.context));
  return correction;
}

describe('what is corrected without a request', () => {
  it('asks that its recipients are told, each by name or with the reason why not', async () => {
    const before = valueOf(await listNoticesDue(dora(), desk.context)).count;
    await corrected();
    expect(valueOf(await listNoticesDue(dora(), desk.context)).count).toBe(before + 1);
    const [duty] = await dutiesOf({ personId: desk.subject });
    if (!duty) throw new Error('nobody is asked to tell anybody');
    expect(duty).toMatchObject({ cause: 'correction', endedAt: null });
    expect(duty.recipients).toContainEqual({
      code: 'provider-of-the-mail-service',
      name: 'Provider of the mail service',
      result: null,
    });
    expect(await code(end(duty.id))).toBe('recipients-untold');
    expect(await code(tell(duty.id, 'somebody-else'))).toBe('recipient-unknown');
    expect(await code(tell(duty.id, 'provider-of-the-mail-service', 'because'))).toBe(
      'form-invalid',
    );
    const { ada } = desk.people;
    expect(await code(tell(duty.id, 'provider-of-the-mail-service', 'told', ada.actor))).toBe(
      'not-allowed',
    );
    expect(await code(end(duty.id, ada.actor))).toBe('not-allowed');
    await allTold(duty);
    expect(await code(end(duty.id))).toBe('ended-already');
    expect(await code(tell(duty.id, 'provider-of-the-mail-service'))).toBe('ended-already');
    const [told] = await dutiesOf({ personId: desk.subject });
    expect(told?.endedBy).not.toBe(null);
    expect(told?.recipients.every(({ result }) => result === 'Told')).toBe(true);
    expect(valueOf(await listNoticesDue(dora(), desk.context)).count).toBe(before);
    // The copy of the person names who was told.
    const received = await inSnapshot(desk.owner, (tx) =>
      loadReceived(tx, { id: desk.subject, spans: [] }, []),
    );
    expect(received).toContainEqual(
      expect.objectContaining({
        name: 'Provider of the mail service',
        what: expect.stringContaining('was told of a correction'),
      }),
    );
  });

  it('asks for nothing where it was turned down', async () => {
    const { ada, ben } = desk.people;
    const before = await desk.owner.recipientNoticeDuty.count();
    const given = { person: desk.subject, source: 'form', phone: '+49 40 5550001' };
    const { correction } = valueOf(await proposeCorrection(ada.actor, given, desk.context));
    const rejected = { correction, outcome: 'rejected' };
    valueOf(await decideCorrection(ben.actor, rejected, desk.context));
    expect(await desk.owner.recipientNoticeDuty.count()).toBe(before);
  });
});

describe('what is restricted within an objection', () => {
  /** An objection that was restricted while it was tested, and then answered. */
  async function answered(decision: object): Promise<string> {
    const { id } = await identified(desk, 'objection');
    await restricted(desk, id, { ground: 'objection', fields: ['email'] });
    valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
    const review = { id, seen: '3', blockers: [], reasons: 'Nothing stands against it here.' };
    valueOf(await reviewRequest(dora(), review, desk.context));
    const text = 'It was weighed.';
    valueOf(await giveOpinion(dora(), { id, seen: '4', opinion: 'for', text }, desk.context));
    const { mia, ada } = desk.people;
    valueOf(await press(desk, mia, { id, seen: '5', ...granting, ...decision }));
    valueOf(await press(desk, ada, { id, seen: '6', step: 'approved' }));
    const answer = {
      id,
      seen: '7',
      channel: 'email',
      sentAt: fieldOf(desk.context.clock()),
      digest: await sentDigest(desk.owner, id),
      namesRemedies: 'yes',
      proof: 'Letter 21.',
    };
    valueOf(await fulfilRequest(dora(), answer, desk.context));
    return id;
  }

  beforeAll(() => activityOnInterest(desk));

  it.each([
    ['granted', {}],
    ['refused', { decision: 'refuse', grounds: ['compelling'] }],
  ])('is told to recipients before the request is closed as %s', async (_, decision) => {
    const id = await answered(decision);
    const close = () => closeRequest(dora(), { id, seen: '8' }, desk.context);
    expect(valueOf(await viewRequest(dora(), id, desk.context)).untold).toBe(1);
    expect(await code(close())).toBe('restriction-untold');
    const closing = {
      requestId: id,
      seq: 9,
      kind: 'closed',
      actor: dora().personId,
      at: desk.context.clock(),
      facts: {},
    };
    expect(await refusal(desk.web.privacyRequestEvent.create({ data: closing }))).toBe('CS002');
    const [duty] = await dutiesOf({ requestId: id });
    if (!duty) throw new Error('nobody is asked to tell anybody');
    expect(duty.cause).toBe('restriction');
    expect(duty.recipients.map((one) => one.code)).toContain('provider-of-the-mail-service');
    await allTold(duty);
    expect(await code(close())).toBe('done');
  });

  it('can be told at once, while the objection is still under test', async () => {
    const { id } = await identified(desk, 'objection');
    await restricted(desk, id, { ground: 'objection' });
    const [duty] = await dutiesOf({ requestId: id });
    if (!duty) throw new Error('nobody is asked to tell anybody');
    await allTold(duty);
    expect(valueOf(await viewRequest(dora(), id, desk.context)).untold).toBe(0);
  });

  it('is asked for once where the request is itself for a restriction: by that request', async () => {
    const { id } = await identified(desk, 'restriction');
    await restricted(desk, id);
    expect(await dutiesOf({ requestId: id })).toEqual([]);
  });
});

describe('the database', () => {
  it('lets no web server make, change or end a duty in another’s name', async () => {
    await corrected();
    const duty = (await dutiesOf({ personId: desk.subject })).find((one) => one.endedAt === null);
    const id = duty?.id ?? '';
    const at = desk.context.clock();
    const by = desk.people.ada.actor.personId;
    const { web } = desk;
    const update = (data: object) =>
      refusal(web.recipientNoticeDuty.update({ where: { id }, data }));
    const insert = (data: object) =>
      refusal(
        web.recipientNotice.create({
          data: { dutyId: id, recipient: 'x', result: 'told', by: dora().personId, at, ...data },
        }),
      );
    expect(await update({ endedAt: at, endedBy: by })).toBe('CS002');
    expect(await update({ since: at })).toBe('42501');
    expect(await insert({ by })).toBe('CS002');
    expect(await insert({ at: new Date(at.getTime() - 86_400_000) })).toBe('CS002');
    expect(await insert({})).toBe('written');
    expect(await refusal(web.recipientNotice.deleteMany({ where: { dutyId: id } }))).toBe('42501');
    expect(await refusal(web.recipientNoticeDuty.deleteMany({ where: { id } }))).toBe('42501');
    const made = {
      id: randomUUID(),
      personId: desk.subject,
      correctionId: randomUUID(),
      since: at,
    };
    expect(await refusal(web.recipientNoticeDuty.create({ data: made }))).toBe('42501');
  });
});
