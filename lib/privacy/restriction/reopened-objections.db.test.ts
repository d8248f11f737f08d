/** An objection that was granted in part can be granted further once it is reopened, and nothing stops before its approval. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { endNotices, recordNotice } from '../notices/record-notice.ts';
import { viewNotices } from '../notices/view-notices.ts';
import { closeRequest, fulfilRequest, reopenRequest } from '../requests/carry-out.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { objectionsAt } from '../testing/objection-desk.ts';
import { sentDigest } from '../testing/sent-digest.ts';
import { activityOnInterest } from '../testing/restriction-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const compelling = { decision: 'grant-in-part', grounds: ['compelling'] };

/** As whoever has the web server could write it: approved by Ada, with what is said to stop, and the stop itself. */
async function approvedWith(requestId: string, activities: readonly string[]): Promise<void> {
  const by = desk.people.ada.actor.personId;
  const at = desk.context.clock();
  const { facts } = await desk.owner.privacyRequestEvent.findUniqueOrThrow({
    where: { requestId_seq: { requestId, seq: 6 } },
  });
  const { personId } = await desk.owner.privacyRequestStanding.findUniqueOrThrow({
    where: { requestId },
  });
  const person = personId ?? '';
  await desk.web.$transaction(async (tx) => {
    const approval = { of: 6, events: (facts as { events: string }).events };
    await tx.privacyRequestEvent.create({
      data: { requestId, seq: 7, kind: 'approved', facts: approval, actor: by, at },
    });
    await tx.personStop.create({
      data: { personId: person, what: 'interest', why: 'objected', at, by, requestId },
    });
    for (const activityId of activities)
      await tx.personObjection.create({
        data: { requestId, activityId, version: 1, place: 0, personId: person, since: at, by },
      });
    await tx.$executeRaw`set constraints objection_stops immediate`;
  });
}

it('granted in part and reopened, it is granted whole, and what stopped before stays as it was', async () => {
  const { client, objecting, advisedAgain, decide, approve, rowsOf } = objectionsAt(desk);
  const surveys = await activityOnInterest(desk, { name: 'Surveys' });
  const watching = await activityOnInterest(desk, { name: 'Watching' });
  const person = await client();
  const { id } = await objecting(person);
  const [stops, kept] = [surveys, watching].map(({ id: activity }) => `${activity}.1.0`);
  for (const [chosen, why] of [
    [undefined, 'stops-unsaid'],
    [[], 'nothing-stops'],
    [[stops, kept], 'nothing-kept'],
    [[`${surveys.id}.2.0`], 'purposes-moved'],
  ])
    expect(await decide(id, { ...compelling, stops: chosen })).toBe(why);
  expect(await decide(id, { stops: [stops] })).toBe('grounds-wrong');
  await expect(
    desk.web.privacyRequestEvent.create({
      data: {
        requestId: id,
        seq: 6,
        kind: 'proposed',
        facts: { ...compelling, events: 'a'.repeat(64), earlier: [] },
        actor: desk.people.mia.actor.personId,
        at: desk.context.clock(),
      },
    }),
  ).rejects.toThrow(/which purposes stop/);
  expect(await decide(id, { ...compelling, stops: [stops] })).toBe('done');
  await expect(approvedWith(id, [watching.id])).rejects.toThrow(/with the approval/);
  await expect(approvedWith(id, [])).rejects.toThrow(/stops what it is to/);
  expect(await approve(id)).toBe('done');
  const before = await rowsOf(person);
  expect(before).toMatchObject([{ activityId: surveys.id }]);
  const { actor } = desk.people.dora;
  const answer = {
    channel: 'email',
    sentAt: fieldOf(desk.context.clock()),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
    proof: 'Message of this morning.',
  };
  valueOf(await fulfilRequest(actor, { id, seen: '7', ...answer }, desk.context));
  for (const duty of valueOf(await viewNotices(actor, { requestId: id }, desk.context)).duties) {
    for (const { code: recipient } of duty.recipients) {
      const notice = { duty: duty.id, recipient, result: 'holds-none' };
      valueOf(await recordNotice(actor, notice, desk.context));
    }
    valueOf(await endNotices(actor, { duty: duty.id }, desk.context));
  }
  valueOf(await closeRequest(actor, { id, seen: '8' }, desk.context));
  const reasons = 'The person wrote again, with reason.';
  valueOf(await reopenRequest(actor, { id, seen: '9', reasons }, desk.context));
  await advisedAgain(id, 10);
  expect(await decide(id, { seen: '12' })).toBe('done');
  desk.context.passTime(1_000);
  expect(await approve(id, '13')).toBe('done');
  const after = await rowsOf(person);
  expect(after).toHaveLength(2);
  expect(after).toContainEqual(before[0]);
});

it('nothing is written to have stopped before an approval, nor by an objection that is refused', async () => {
  const { client, objecting, decide, approve, rowsOf } = objectionsAt(desk);
  const activity = await activityOnInterest(desk, { name: 'Profiles' });
  const person = await client();
  const { id } = await objecting(person);
  const by = desk.people.ada.actor.personId;
  const put = () =>
    desk.web.personObjection.create({
      data: {
        requestId: id,
        activityId: activity.id,
        version: 1,
        place: 0,
        personId: person,
        since: desk.context.clock(),
        by,
      },
    });
  await expect(put()).rejects.toThrow(/with the approval/);
  expect(await decide(id, { decision: 'refuse', grounds: ['compelling'] })).toBe('done');
  await expect(put()).rejects.toThrow(/with the approval/);
  expect(await approve(id)).toBe('done');
  await expect(put()).rejects.toThrow(/with the approval/);
  expect(await rowsOf(person)).toEqual([]);
});
