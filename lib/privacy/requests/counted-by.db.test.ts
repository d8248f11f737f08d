/** A day in law stays what it was, whatever is said of the seat afterwards. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { recordProfile } from '#lib/incidents/entity/record-profile.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { sampleProfile } from '#lib/incidents/testing/major-incident.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { extendRequest } from './move-request.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const clockOf = async (id: string) => {
  const { clock } = valueOf(await viewRequest(desk.people.dora.actor, id, desk.context));
  if (!clock) throw new Error('nothing was counted');
  return clock;
};
let version = 1;
/** The seat had these holidays all along, it is said now. */
async function holidays(added: readonly string[]): Promise<void> {
  const said = { ...sampleProfile, seen: `${version}`, holidaysAdded: added.join(' ') };
  valueOf(await recordProfile(desk.people.mia.actor, said, desk.context));
  version += 1;
}

it('what is said of holidays later moves no day of a request that was there before', async () => {
  const { id } = await received(desk);
  const first = await clockOf(id);
  expect(first.countedBy).toMatchObject({ zone: 'Europe/Berlin', isKept: true });
  const extending = {
    id,
    seen: '1',
    reason: 'complexity',
    noticeSentAt: fieldOf(desk.context.clock()),
    reasons: 'Nine systems hold data about her.',
  };
  const before = { ...first };
  await holidays([first.dueOn]);
  expect(await clockOf(id)).toEqual(before);
  valueOf(await extendRequest(desk.people.dora.actor, extending, desk.context));
  const extended = await clockOf(id);
  expect(extended.noticeDueOn).toBe(first.dueOn);
  await holidays([first.dueOn, extended.dueOn]);
  expect(await clockOf(id)).toEqual(extended);
  // One that comes in now is counted by what holds now.
  const later = await received(desk);
  const { dueOn, countedBy } = await clockOf(later.id);
  expect(dueOn > first.dueOn).toBe(true);
  expect(countedBy.holidays).toContain(first.dueOn);
});

it('an early request that kept no holidays is counted by those of the seat, until an extension keeps them', async () => {
  await holidays([]);
  const { id } = await received(desk);
  await desk.owner.$executeRaw`alter table privacy_request_event disable trigger user`;
  await desk.owner.$executeRaw`
    update privacy_request_event set facts = facts - 'countedBy' where request_id = ${id}::uuid`;
  await desk.owner.$executeRaw`alter table privacy_request_event enable trigger user`;
  const { countedBy, dueOn } = await clockOf(id);
  expect(countedBy.isKept).toBe(false);
  await holidays([dueOn]);
  const moved = await clockOf(id);
  expect(moved.dueOn > dueOn).toBe(true);
  const reasons = 'Nine systems hold data about her.';
  const noticeSentAt = fieldOf(desk.context.clock());
  const extending = { id, seen: '1', reason: 'number', noticeSentAt, reasons };
  valueOf(await extendRequest(desk.people.dora.actor, extending, desk.context));
  await holidays([]);
  expect(await clockOf(id)).toMatchObject({ noticeDueOn: moved.dueOn });
  expect((await clockOf(id)).countedBy.isKept).toBe(true);
});
