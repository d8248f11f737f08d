/** What is known of people who worked with the console: how to reach them goes soon, who acted stays with the records. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayMs, dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { endedLongAgo } from '../../testing/ended-long-ago.ts';
import { held } from '../../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { approve, night, parted } from '../../testing/retention-night.ts';
import { standingHolds } from '../standing-holds.ts';
import type { PeopleCode } from './due-people.ts';
import { findDue, fromTheStart } from './find-due.ts';
import { WorkOff } from './work-off.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const today = () => dayOf(desk.context.clock());
const dayIn = (days: number) => dayOf(new Date(startOfDay(today()).getTime() + days * dayMs));
const isFound = async (person: string, code: PeopleCode, day: string): Promise<boolean> => {
  const page = { day, after: fromTheStart, most: 1, only: person };
  return (await findDue(desk.worker, code, page))[0]?.skip === null;
};

/** Contact of an operator on record; what it says is of no matter here. */
async function reachable(personId: string): Promise<void> {
  const [name] = await desk.owner.personValue.findMany({ where: { personId, field: 'full-name' } });
  if (!name) throw new Error('The operator has no name.');
  await desk.owner.personValue.createMany({
    data: ['email', 'phone'].map((field) => ({ ...name, field })),
  });
}

it('goes thirty days after they left, and their names five years after their last act', async () => {
  const { personId } = desk.people.ben.actor;
  await reachable(personId);
  // Who works here keeps everything.
  expect(await isFound(personId, 'staff-contact', dayIn(400))).toBe(false);
  await desk.owner.operator.update({ where: { id: personId }, data: { status: 'suspended' } });
  expect(await isFound(personId, 'staff-contact', dayIn(30))).toBe(false);
  expect(await isFound(personId, 'staff-contact', dayIn(31))).toBe(true);
  expect(await isFound(personId, 'employment', dayIn(400))).toBe(false);
  expect(await isFound(personId, 'employment', monthsLater(dayIn(1), 60))).toBe(true);
});

it('counts from the suspension, where somebody was away before it', async () => {
  const { personId } = desk.people.ida.actor;
  await reachable(personId);
  await desk.owner.operator.update({ where: { id: personId }, data: { status: 'suspended' } });
  expect(await isFound(personId, 'staff-contact', dayIn(31))).toBe(true);
  await inTransaction(desk.web, (tx) =>
    appendAudit(tx, {
      kind: 'operator-suspended',
      subject: personId,
      actor: desk.people.mia.actor.personId,
      at: startOfDay(dayIn(20)),
      facts: { reason: 'left' },
    }),
  );
  expect(await isFound(personId, 'staff-contact', dayIn(31))).toBe(false);
  expect(await isFound(personId, 'staff-contact', dayIn(51))).toBe(true);
});

it('keeps the name of who decided, whatever the web server writes about when they were last here', async () => {
  const { personId } = desk.people.ada.actor;
  await parted(desk, { years: 6, client: 'C-91001' });
  await approve(desk, await night(desk), 'aml-relationship');
  const long = new Date('2015-01-01');
  await desk.web.operator.updateMany({ where: { id: personId }, data: { status: 'suspended' } });
  await desk.web.session.updateMany({
    where: { operatorId: personId },
    data: { lastSeenAt: long },
  });
  await desk.web.credential.updateMany({
    where: { operatorId: personId },
    data: { lastUsedAt: long },
  });
  const seen = { where: { operatorId: personId, lastSeenAt: { lt: new Date('2020-01-01') } } };
  expect(await desk.owner.session.count(seen)).toBe(0);
  // As if nothing of theirs had been seen for years, but for the trail.
  for (const [table, column] of [
    ['session', 'last_seen_at'],
    ['credential', 'last_used_at'],
  ]) {
    await desk.owner.$executeRawUnsafe(`alter table ${table} disable trigger never_back`);
    await desk.owner.$executeRawUnsafe(
      `update ${table} set ${column} = '2015-01-01' where operator_id = $1`,
      personId,
    );
    await desk.owner.$executeRawUnsafe(`alter table ${table} enable always trigger never_back`);
  }
  await desk.owner.client.create({ data: { id: 'C-91888' } });
  await desk.web.personTie.create({
    data: {
      personId,
      role: 'client',
      clientId: 'C-91888',
      since: new Date('2001-01-01'),
      until: new Date('2002-01-01'),
    },
  });
  await endedLongAgo(desk.owner, personId);
  await night(desk);
  const work = new WorkOff({ db: desk.worker, clock: desk.context.clock });
  while (await work.look());
  expect(await desk.owner.personErasure.count({ where: { personId } })).toBe(0);
  // A hold on the records of who worked here covers them still.
  const hold = await held(desk, { category: 'employment' });
  expect(
    (await inTransaction(desk.web, (tx) => standingHolds(tx, personId))).map(({ id }) => id),
  ).toEqual([hold.id]);
});
