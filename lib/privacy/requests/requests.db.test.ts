import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { restricted } from '../testing/restriction-desk.ts';
import {
  closeRequest,
  finishRecipients,
  fulfilRequest,
  notifyRecipient,
  reopenRequest,
  returnProposal,
  withdrawRequest,
} from './carry-out.ts';
import { listRequests } from './list-requests.ts';
import {
  askPerson,
  extendRequest,
  giveOpinion,
  identifyPerson,
  noteDoubt,
  noteRequest,
  recordAnswer,
} from './move-request.ts';
import { reviewRequest } from './review-request.ts';
import { markDuplicate } from './mark-duplicate.ts';
import { openRequest } from './open-request.ts';
import { readRequestTexts } from './read-texts.ts';
import { requestStatement } from './request-statement.ts';
import { viewRequest } from './view-request.ts';
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
const dora = () => desk.people.dora.actor;
const view = async (id: string) => valueOf(await viewRequest(dora(), id, desk.context));
/** Somebody who works here and has no part in requests. */
const stranger = () => ({ ...desk.people.ben.actor, scopes: scopesOf(['administrator']) });
const now = () => fieldOf(desk.context.clock());
/** That the person was told that theirs is answered with an earlier one. */
const told = () => ({
  reasons: 'You wrote it twice, and the first is answered.',
  channel: 'email',
  sentAt: now(),
  namesRemedies: 'yes',
  proof: 'Message of this morning.',
});

/** What the database drew is what the events say. */
async function expectSame(id: string): Promise<void> {
  const { standing, clock } = await view(id);
  const drawn = await desk.owner.privacyRequestStanding.findUniqueOrThrow({
    where: { requestId: id },
  });
  expect(drawn).toMatchObject({
    seq: standing.seq,
    state: standing.state,
    personId: standing.person?.id ?? null,
    outcome: standing.outcome,
    proposal: standing.proposal?.seq ?? null,
  });
  const counted = await desk.owner.privacyRequestClock.findUniqueOrThrow({
    where: { requestId: id },
  });
  expect(counted.state).toBe(clock?.state);
  expect(counted.dueOn.toISOString().slice(0, 10)).toBe(clock?.dueOn);
}

describe('a request', () => {
  it('is numbered, has a clock at once, and nothing of the person in any column', async () => {
    const { id, number } = await received(desk);
    expect(number).toMatch(/^DSR-\d{4}-\d{6}$/);
    await expectSame(id);
    const rows = await desk.owner.$queryRaw<{ row: string }[]>`
      select row(r.*)::text as row from privacy_request r where id = ${id}::uuid
      union all select row(e.*)::text from privacy_request_event e where request_id = ${id}::uuid
      union all select encode(t.sealed, 'escape') from privacy_request_text t where request_id = ${id}::uuid
      union all select row(s.*)::text from privacy_request_search s where request_id = ${id}::uuid`;
    expect(rows.length).toBeGreaterThan(4);
    for (const { row } of rows) expect(row).not.toMatch(/anne@|müller|hold about me/i);
  });

  it('is decided by two people who did not advise on it, fulfilled once and closed', async () => {
    const { id } = await advised(desk);
    const { dora: dpo, mia, ada, ida } = desk.people;
    expect(await code(press(desk, dpo, { id, seen: '5', ...granting }))).toBe('not-allowed');
    expect(await code(press(desk, ada, { id, seen: '5', ...granting }))).toBe('not-allowed');
    expect(await code(press(desk, mia, { id, seen: '4', ...granting }))).toBe('request-moved');
    expect(await code(press(desk, mia, { id, seen: '5', ...granting }))).toBe('done');
    expect(await code(press(desk, mia, { id, seen: '6', step: 'approved' }))).toBe('same-person');
    expect(await code(press(desk, ida, { id, seen: '6', step: 'approved' }))).toBe('not-allowed');
    const sent = {
      channel: 'portal',
      sentAt: now(),
      digest: await sentDigest(desk.owner, id),
      namesRemedies: 'no',
      proof: 'Receipt 17 of the portal.',
    };
    expect(await code(fulfilRequest(dora(), { id, seen: '6', ...sent }, desk.context))).toBe(
      'not-now',
    );
    expect(await code(press(desk, ada, { id, seen: '6', step: 'approved' }))).toBe('done');
    expect(await code(fulfilRequest(dora(), { id, seen: '7', ...sent }, desk.context))).toBe(
      'done',
    );
    expect((await view(id)).clock?.state).toBe('met');
    expect(await code(closeRequest(dora(), { id, seen: '8' }, desk.context))).toBe('done');
    const reasons = 'One recipient was forgotten.';
    expect(await code(reopenRequest(dora(), { id, seen: '9', reasons }, desk.context))).toBe(
      'done',
    );
    expect(await code(fulfilRequest(dora(), { id, seen: '10', ...sent }, desk.context))).toBe(
      'not-now',
    );
    await expectSame(id);
    const statements = await desk.owner.privacyRequestStatement.findMany({
      where: { requestId: id },
      orderBy: { seq: 'asc' },
    });
    const signed = statements.map(({ document }) => requestStatement.parse(JSON.parse(document)));
    expect(signed.map(({ step, person }) => [step, person])).toEqual([
      ['proposed', mia.actor.personId],
      ['approved', ada.actor.personId],
    ]);
    expect(signed[0]?.events).toBe(signed[1]?.events);
    expect(signed[0]?.reasons).toBe(signed[1]?.reasons);
  });

  it('that is refused in part names remedies in its letter, and each recipient is told before it ends', async () => {
    const { id } = await advised(desk, { right: 'restriction' });
    const { mia, ada } = desk.people;
    const proposal = {
      id,
      seen: '5',
      ...granting,
      decision: 'grant-in-part',
      grounds: ['no-ground'],
    };
    const excessive = { ...proposal, grounds: ['excessive'], earlier: ['DSR-2020-000001'] };
    expect(await code(press(desk, mia, excessive))).toBe('earlier-unknown');
    expect(await code(press(desk, mia, proposal))).toBe('not-restricted');
    await restricted(desk, id);
    valueOf(await press(desk, mia, proposal));
    valueOf(await press(desk, ada, { id, seen: '6', step: 'approved' }));
    const sent = { channel: 'email', sentAt: now(), proof: 'Registered letter 4711.' };
    const digest = await sentDigest(desk.owner, id);
    const fulfil = (namesRemedies: string) =>
      code(fulfilRequest(dora(), { id, seen: '7', ...sent, digest, namesRemedies }, desk.context));
    expect(await fulfil('no')).toBe('no-remedies');
    expect(await fulfil('yes')).toBe('done');
    expect(await code(closeRequest(dora(), { id, seen: '8' }, desk.context))).toBe(
      'recipients-untold',
    );
    const tell = (seen: number, recipient: string, more: object) =>
      code(notifyRecipient(dora(), { id, seen: `${seen}`, recipient, ...more }, desk.context));
    expect(await tell(8, 'bank-one', { result: 'told' })).toBe('done');
    expect(await tell(9, 'bank-one', { result: 'told' })).toBe('told-already');
    expect(await tell(9, 'bank-two', { result: 'impossible' })).toBe('text-invalid');
    const reasons = 'It was dissolved in 2025.';
    expect(await tell(9, 'bank-two', { result: 'impossible', reasons })).toBe('done');
    expect(await tell(10, 'provider-of-the-mail-service', { result: 'told' })).toBe('done');
    const all = { id, seen: '11', reasons: 'No other recipient is in the register.' };
    expect(await code(finishRecipients(dora(), all, desk.context))).toBe('done');
    expect(await code(closeRequest(dora(), { id, seen: '12' }, desk.context))).toBe('done');
    expect((await view(id)).standing.outcome).toBe('partly-refused');
    await expectSame(id);
  });

  it('does not take a decision about what moved while the key was pressed', async () => {
    const { id } = await advised(desk);
    const note = () =>
      noteRequest(dora(), { id, seen: '5', note: 'She called again.' }, desk.context);
    const proposal = { id, seen: '5', ...granting };
    expect(await code(press(desk, desk.people.mia, proposal, note))).toBe('request-moved');
  });

  it('goes back from its approver with reasons, and is proposed anew', async () => {
    const { id } = await advised(desk);
    const { mia, ada } = desk.people;
    valueOf(await press(desk, mia, { id, seen: '5', ...granting }));
    const back = { id, seen: '6', reasons: 'The package lacks the archive.' };
    expect(await code(returnProposal(ada.actor, back, desk.context))).toBe('done');
    await expectSame(id);
    expect(await code(press(desk, mia, { id, seen: '7', ...granting }))).toBe('done');
  });

  it('pauses for a question sent at once, and goes on with the answer', async () => {
    const { id } = await received(desk);
    const identity = { id, seen: '1', about: 'identity', sentAt: now(), question: 'Who are you?' };
    const question = { ...identity, question: 'Please confirm that it is you.' };
    expect(await code(askPerson(dora(), question, desk.context))).toBe('no-doubt');
    const doubt = {
      id,
      seen: '1',
      reason: 'shared-name',
      reasons: 'Two people here have this name.',
    };
    valueOf(await noteDoubt(dora(), doubt, desk.context));
    valueOf(await askPerson(dora(), { ...question, seen: '2' }, desk.context));
    expect((await view(id)).clock?.state).toBe('paused');
    await expectSame(id);
    const answer = { id, seen: '3', answeredAt: now(), answer: 'Yes.' };
    valueOf(await recordAnswer(dora(), answer, desk.context));
    expect((await view(id)).standing.state).toBe('received');
    await expectSame(id);
  });

  it('is extended once, with its reason', async () => {
    const { id } = await received(desk);
    const extending = {
      id,
      seen: '1',
      reason: 'complexity',
      noticeSentAt: now(),
      reasons: 'Nine systems hold data about her.',
    };
    const before = (await view(id)).clock?.dueOn ?? '';
    valueOf(await extendRequest(dora(), extending, desk.context));
    expect((await view(id)).clock?.dueOn.slice(0, 7)).not.toBe(before.slice(0, 7));
    const again = extendRequest(dora(), { ...extending, seen: '2' }, desk.context);
    expect(await code(again)).toBe('extended-already');
    await expectSame(id);
  });

  it('from the same address is found as alike, and ends as the same as the other', async () => {
    const [one, other] = [await received(desk), await received(desk)];
    const { alike } = await view(other.id);
    expect(alike.map(({ number }) => number)).toContain(one.number);
    const same = { id: other.id, seen: '1', of: other.number, ...told() };
    expect(await code(markDuplicate(dora(), same, desk.context))).toBe('other-unknown');
    for (const [fault, refused] of [
      [{ namesRemedies: 'no' }, 'form-invalid'],
      [{ channel: '' }, 'form-invalid'],
      [{ proof: '' }, 'text-invalid'],
      [{ reasons: '' }, 'text-invalid'],
      [{ sentAt: '2030-01-01T00:00' }, 'in-the-future'],
      [{ sentAt: '2020-01-01T00:00' }, 'too-early'],
    ] as const)
      expect(
        await code(markDuplicate(dora(), { ...same, of: one.number, ...fault }, desk.context)),
      ).toBe(refused);
    valueOf(await markDuplicate(dora(), { ...same, of: one.number }, desk.context));
    await expectSame(other.id);
    expect((await view(other.id)).clock?.state).toBe('stopped');
  });

  it('ends as the same only as an earlier one of the same person and right that goes on', async () => {
    const foreign = await received(desk, { email: 'somebody@example.org' });
    const forAnother = await received(desk, { forAnother: 'yes' });
    const erasure = await received(desk, { right: 'erasure' });
    const gone = await received(desk);
    const { id } = await received(desk);
    const mark = ({ number }: { number: string }, seen = 1) =>
      code(markDuplicate(dora(), { id, seen: `${seen}`, of: number, ...told() }, desk.context));
    expect(await mark(foreign)).toBe('other-person');
    expect(await mark(forAnother)).toBe('other-person');
    expect(await mark(erasure)).toBe('other-right');
    const dayAgo = fieldOf(new Date(desk.context.clock().getTime() - 86_400_000));
    const before = await received(desk, { receivedAt: dayAgo, reasons: 'Stamp of the post room.' });
    const swapped = { id: before.id, seen: '1', of: gone.number, ...told() };
    expect(await code(markDuplicate(dora(), swapped, desk.context))).toBe('other-later');
    const withdrawing = { withdrawnAt: now(), proof: 'She said so on the telephone.' };
    const about = { id: gone.id, seen: '1' };
    valueOf(await withdrawRequest(dora(), { ...about, ...withdrawing }, desk.context));
    expect(await mark(gone)).toBe('other-ended');
    // Once both are known to be of one person, the address says nothing any more.
    const identified = { person: desk.subject, ground: 'signed-in', proof: 'Signed in today.' };
    for (const one of [id, foreign.id])
      valueOf(await identifyPerson(dora(), { id: one, seen: '1', ...identified }, desk.context));
    expect(await mark(foreign, 2)).toBe('done');
  });

  it('received earlier says from what that is known, and not from a year ago or tomorrow', async () => {
    const at = (days: number) =>
      fieldOf(new Date(desk.context.clock().getTime() + days * 86_400_000));
    const open = (receivedAt: string, more: object = {}) =>
      code(
        openRequest(
          dora(),
          {
            right: 'erasure',
            channel: 'post',
            isElectronic: 'no',
            forAnother: 'no',
            message: 'Delete all.',
            receivedAt,
            ...more,
          },
          desk.context,
        ),
      );
    expect(await open(at(-5))).toBe('text-invalid');
    expect(await open(at(-5), { reasons: 'Stamp of the post room.' })).toBe('done');
    expect(await open(at(-400), { reasons: 'Stamp of the post room.' })).toBe('too-long-ago');
    expect(await open(at(1))).toBe('in-the-future');
  });
});

describe('texts of a request', () => {
  it('open for who works on it or decides on it, and they stand in the trail; what must not be told opens for few', async () => {
    const { id, number } = await received(desk);
    const review = {
      id,
      seen: '1',
      blockers: [{ kind: 'aml', until: '2031-06-30' }],
      reasons: 'Identification data are kept for five years.',
      tippingOff: 'A suspicion was reported in May; say nothing of it.',
    };
    valueOf(await reviewRequest(dora(), review, desk.context));
    const fields = async (who: keyof RequestDesk['people']) =>
      valueOf(await readRequestTexts(desk.people[who].actor, { id }, desk.context)).map(
        ({ field }) => field,
      );
    expect(await fields('dora')).toContain('tipping-off');
    expect(await fields('mia')).toContain('tipping-off');
    expect(await code(readRequestTexts(desk.people.ida.actor, { id }, desk.context))).toBe(
      'not-allowed',
    );
    expect(await code(readRequestTexts(desk.people.ben.actor, { id }, desk.context))).toBe(
      'not-yours',
    );
    expect(await code(readRequestTexts(stranger(), { id }, desk.context))).toBe('not-allowed');
    const texts = valueOf(await readRequestTexts(dora(), { id }, desk.context));
    expect(texts.find(({ field }) => field === 'name')?.text).toBe('Änne Müller');
    const looks = await desk.owner.auditEntry.findMany({
      where: { kind: 'privacy-request-read', subject: number },
    });
    expect(looks).toHaveLength(3);
    const shown = JSON.stringify(await view(id), (_, value: unknown) =>
      value instanceof Set || value instanceof Map ? [...value] : value,
    );
    expect(shown).not.toMatch(/tipping|suspicion|Müller/i);
  });
});

describe('the list', () => {
  it('shows what is not answered, the newest first, with the days that are left', async () => {
    const { id } = await received(desk);
    const list = async (asked: Record<string, string> = {}) =>
      valueOf(await listRequests(dora(), asked, desk.context)).rows;
    const row = (await list()).find((one) => one.id === id);
    expect(row?.clock?.daysLeft).toBeGreaterThan(25);
    const times = (await list({ standing: 'all' })).map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(await list({ right: 'portability' })).toEqual([]);
    expect(await list({ standing: 'overdue' })).toEqual([]);
    expect(await code(listRequests(dora(), { standing: 'x' }, desk.context))).toBe(
      'filter-invalid',
    );
    expect(await code(listRequests(stranger(), {}, desk.context))).toBe('not-allowed');
  });
});

it('who does not work on requests moves none', async () => {
  const { id } = await received(desk);
  const opinion = { id, seen: '1', opinion: 'for', text: 'I am for it, I think.' };
  for (const who of ['ada', 'mia', 'ida'] as const)
    expect(await code(giveOpinion(desk.people[who].actor, opinion, desk.context))).toBe(
      'not-allowed',
    );
});
