import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { liftingsProved } from '../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { identified, liftedByTwoUnproved, restricted } from '../testing/restriction-desk.ts';
import { viewRestrictions } from './view-restrictions.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

it('a restriction is shown as lifted only once the keys of the lifting are found', async () => {
  const { id } = await identified(desk, 'restriction');
  const restriction = await restricted(desk, id);
  const seen = async () => {
    const { actor } = desk.people.dora;
    const about = { personId: desk.subject };
    const [one] = valueOf(await viewRestrictions(actor, about, desk.context)).restrictions;
    return [one?.state, one?.isUnproved];
  };
  expect(await seen()).toEqual(['standing', false]);
  await liftedByTwoUnproved(desk, restriction);
  expect(await seen()).toEqual(['lifted', true]);
  await liftingsProved(desk);
  expect(await seen()).toEqual(['lifted', false]);
});
