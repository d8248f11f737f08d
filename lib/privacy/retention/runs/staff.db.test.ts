/** What is known of people who worked with the console: how to reach them goes soon, who acted stays with the records. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayMs, dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import type { PeopleCode } from './due-people.ts';
import { findDue, fromTheStart } from './find-due.ts';

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
  const at = desk.context.clock();
  const past = new Date(at.getTime() - 90 * dayMs);
  await desk.owner.operator.update({
    where: { id: personId },
    data: { status: 'suspended', createdAt: past },
  });
  await desk.owner.session.updateMany({
    where: { operatorId: personId },
    data: { lastSeenAt: past },
  });
  await desk.owner.credential.updateMany({
    where: { operatorId: personId },
    data: { lastUsedAt: past },
  });
  expect(await isFound(personId, 'staff-contact', today())).toBe(true);
  await inTransaction(desk.web, (tx) =>
    appendAudit(tx, {
      kind: 'operator-suspended',
      subject: personId,
      actor: desk.people.mia.actor.personId,
      at,
      facts: { reason: 'left' },
    }),
  );
  expect(await isFound(personId, 'staff-contact', today())).toBe(false);
  expect(await isFound(personId, 'staff-contact', dayIn(31))).toBe(true);
});
