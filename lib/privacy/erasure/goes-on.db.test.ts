/** @file One decision that can't be looked at keeps no other erasure waiting. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  askedToErase,
  erasureNeeds,
  planFor,
  proposing,
  somebody,
  type Asked,
} from '../testing/erasure-desk.ts';
import { openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { ErasureDesk } from './erasure-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

async function decided(email: string): Promise<Asked> {
  const person = await somebody(desk, { 'full-name': `Somebody ${email}`, email });
  const asked = await askedToErase(desk, person);
  const plan = await planFor(desk, person, asked);
  valueOf(await press(desk, desk.people.mia, proposing(asked, plan)));
  valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
  return asked;
}

it('a decision that can not be looked at is raised, and those behind it are taken and carried out', async () => {
  const stuck = await decided('first@example.org');
  const other = await decided('second@example.org');
  const needs = erasureNeeds(desk, {
    isProved: (id) =>
      id === stuck.id
        ? Promise.reject(new Error('its keys can not be read'))
        : Promise.resolve(true),
  });
  const { signal } = new AbortController();
  await expect(new ErasureDesk(needs).round(signal)).rejects.toThrow('can not be read');
  const rows = await desk.owner.personErasure.findMany({
    where: { requestId: { in: [stuck.id, other.id] } },
  });
  expect(rows.map(({ requestId, state }) => [requestId, state])).toEqual([[other.id, 'proved']]);
});
