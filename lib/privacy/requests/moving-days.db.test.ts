/** Days in law that move: of a request that pauses, and of an erasure that came back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { dayMs } from '#lib/platform/days.ts';
import { comeBack } from '../erasure/come-back.ts';
import { viewPrivacyHome } from '../home/view-home.ts';
import { askedToErase, erasureNeeds, proposing, somebody } from '../testing/erasure-desk.ts';
import { held, lifted } from '../testing/hold-desk.ts';
import { openRequestDesk, press, received, type RequestDesk } from '../testing/request-desk.ts';
import { sentDigest } from '../testing/sent-digest.ts';
import { fulfilRequest } from './carry-out.ts';
import { listRequests } from './list-requests.ts';
import { askPerson, recordAnswer } from './move-request.ts';
import { OverdueRequests } from './overdue-requests.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const now = () => fieldOf(desk.context.clock());
const view = async (id: string) => valueOf(await viewRequest(dora(), id, desk.context));
const overdue = async () =>
  valueOf(await listRequests(dora(), { standing: 'overdue' }, desk.context)).rows.map(
    ({ id }) => id,
  );
const lateAtHome = async () => valueOf(await viewPrivacyHome(dora(), desk.context)).counts.overdue;
const warnings = async (id: string) => {
  await new OverdueRequests({ db: desk.worker, clock: desk.context.clock }).look();
  return (await view(id)).events.filter(({ kind }) => kind === 'warned').length;
};

/** As if all that is on record of it had happened so many days before, and nobody had looked since. */
async function daysPass(id: string, days: number): Promise<void> {
  const { owner } = desk;
  for (const table of ['privacy_request', 'privacy_request_event', 'privacy_request_standing'])
    await owner.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  await owner.$executeRaw`
    update privacy_request_event set at = at - make_interval(days => ${days}) where request_id = ${id}::uuid`;
  for (const name of ['receivedAt', 'sentAt', 'answeredAt'])
    await owner.$executeRaw`
      update privacy_request_event set facts = jsonb_set(facts, array[${name}],
          to_jsonb((facts ->> ${name})::timestamptz - make_interval(days => ${days})))
        where request_id = ${id}::uuid and facts ? ${name}`;
  await owner.$executeRaw`
    update privacy_request set received_at = received_at - make_interval(days => ${days}) where id = ${id}::uuid`;
  await owner.$executeRaw`
    update privacy_request_standing set received_at = received_at - make_interval(days => ${days})
      where request_id = ${id}::uuid`;
  await owner.$executeRaw`
    update privacy_request_clock set due_on = due_on - ${days}::int, target_on = target_on - ${days}::int,
        computed_at = computed_at - make_interval(days => ${days}) where request_id = ${id}::uuid`;
  for (const table of ['privacy_request', 'privacy_request_event', 'privacy_request_standing'])
    await owner.$executeRawUnsafe(`alter table ${table} enable trigger user`);
}

it('a request that pauses stands as paused and never as late, and after the answer its new day counts', async () => {
  const { id } = await received(desk);
  const question = { about: 'scope', sentAt: now(), question: 'About all of your time with us?' };
  valueOf(await askPerson(dora(), { id, seen: '1', ...question }, desk.context));
  await daysPass(id, 50);
  expect(await overdue()).toEqual([]);
  expect(await lateAtHome()).toBe(0);
  expect(await warnings(id)).toBe(0);
  const { rows } = valueOf(await listRequests(dora(), {}, desk.context));
  const line = rows.find((one) => one.id === id);
  const { clock } = await view(id);
  expect(clock?.state).toBe('paused');
  expect(line?.clock).toEqual({
    state: 'paused',
    dueOn: clock?.dueOn,
    targetOn: clock?.targetOn,
    daysLeft: clock?.daysLeft,
  });
  expect(line?.clock?.daysLeft).toBeGreaterThan(25);
  const home = valueOf(await viewPrivacyHome(dora(), desk.context));
  expect(home.due.find((one) => one.id === id)?.clock).toEqual(line?.clock);

  const answer = { id, seen: '2', answeredAt: now(), answer: 'About the last two years.' };
  valueOf(await recordAnswer(dora(), answer, desk.context));
  const after = await desk.owner.privacyRequestClock.findUniqueOrThrow({
    where: { requestId: id },
  });
  expect(after.state).toBe('running');
  expect(after.dueOn.toISOString().slice(0, 10)).toBe((await view(id)).clock?.dueOn);
  expect(await overdue()).toEqual([]);
  await daysPass(id, 40);
  expect(await overdue()).toEqual([id]);
  expect(await warnings(id)).toBe(1);
});

it('an erasure that came back is due a month later, and stands as late and is warned of after that', async () => {
  const before = await lateAtHome();
  const person = await somebody(desk, { 'full-name': 'Theodora Winterling', email: 't@w.example' });
  const { id: hold } = await held(desk, { person });
  const asked = await askedToErase(desk, person);
  const { id } = asked;
  const refusal = { ...proposing(asked, null), decision: 'refuse', grounds: ['legal-claims'] };
  valueOf(await press(desk, desk.people.mia, refusal));
  valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
  const sent = { channel: 'email', sentAt: now(), namesRemedies: 'yes', proof: 'Letter 4711.' };
  const digest = await sentDigest(desk.owner, id);
  valueOf(await fulfilRequest(dora(), { id, seen: '7', ...sent, digest }, desk.context));
  await comeBack(erasureNeeds(desk));
  await lifted(desk, hold);
  await desk.owner.erasureDue.updateMany({
    data: { lookedAt: new Date(desk.context.clock().getTime() - 2 * dayMs) },
  });
  await comeBack(erasureNeeds(desk));
  const { clock } = await view(id);
  expect(clock).toMatchObject({ state: 'running', isFreed: true });
  const counted = await desk.owner.privacyRequestClock.findUniqueOrThrow({
    where: { requestId: id },
  });
  expect(counted.state).toBe('running');
  expect(counted.dueOn.toISOString().slice(0, 10)).toBe(clock?.dueOn);
  expect(await warnings(id)).toBe(0);
  await daysPass(id, 40);
  expect(await overdue()).toContain(id);
  expect(await lateAtHome()).toBe(before + 1);
  expect(await warnings(id)).toBe(1);
  expect(await warnings(id)).toBe(1);
});
