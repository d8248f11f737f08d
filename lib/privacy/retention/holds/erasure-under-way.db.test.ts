/** A hold on somebody whose erasure was begun: until values go it stops it, and from then on it is refused by name. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { dayMs } from '#lib/platform/days.ts';
import { carryErasure, stepErasure } from '../../erasure/erasure-desk.ts';
import { loadRequest } from '../../requests/load-request.ts';
import { decidedErasure, erasureNeeds, somebody, tied } from '../../testing/erasure-desk.ts';
import { held, holding } from '../../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../../testing/request-desk.ts';
import { openHold } from './open-hold.ts';
import { viewHold } from './view-hold.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const known = {
  'full-name': 'Clemens Rautavaara',
  email: 'clemens@rautavaara.example',
  'document-number': 'CR6650129',
};
const stateOf = async (id: string) =>
  (await desk.owner.personErasure.findUniqueOrThrow({ where: { id } })).state;
async function untilState(id: string, state: string): Promise<void> {
  while ((await stateOf(id)) !== state) await stepErasure(erasureNeeds(desk), id);
}
const opening = (person: string) =>
  openHold(desk.people.mia.actor, { ...holding(desk), person }, desk.context);
const values = (personId: string) => desk.owner.personValue.count({ where: { personId } });

it.each(['due', 'swept'])(
  'before values go, at the step “%s”, stops it, says so, and sends its request back',
  async (state) => {
    const person = await somebody(desk, known);
    const { id: request, erasure } = await decidedErasure(desk, person);
    await untilState(erasure, state);
    const { number } = await held(desk, { person });
    const view = () => viewHold(desk.people.mia.actor, number, desk.context);
    expect(valueOf(await view()).stopped).toEqual([person]);
    expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('left');
    expect(await values(person)).toBe(3);
    expect(valueOf(await view()).stopped).toEqual([person]);
    const file = await loadRequest(desk.web, request);
    expect(file?.standing.state).toBe('opinion');
    expect(file?.events.at(-1)).toMatchObject({ kind: 'put-back', facts: { reason: 'held' } });
  },
);

it('once values went comes too late, and says what happened', async () => {
  const person = await somebody(desk, known);
  const { erasure } = await decidedErasure(desk, person);
  for (const state of ['removed', 'looked', 'shredded']) {
    await untilState(erasure, state);
    expect(await opening(person)).toMatchObject({ refusal: { code: 'erasure-under-way' } });
  }
  const late = await opening(person);
  expect(late.ok ? '' : late.refusal.sentence).toMatch(
    new RegExp(`^${person} is being erased: what was known of them was taken out on 2`),
  );
  await untilState(erasure, 'proved');
  const gone = await opening(person);
  expect(gone).toMatchObject({ refusal: { code: 'erased' } });
  expect(gone.ok ? '' : gone.refusal.sentence).toMatch(/was erased on 2.*their key is destroyed/);
});

it('on who loses a part waits until that is proved, and keeps the rest from then on', async () => {
  const person = await somebody(desk, known);
  const until = new Date(desk.context.clock().getTime() - 366 * dayMs);
  await tied(desk, person, { client: 'C-60001', until });
  const { erasure, plan } = await decidedErasure(desk, person);
  expect(plan).toMatchObject({ outcome: 'part', fields: ['email'] });
  await untilState(erasure, 'removed');
  const early = await opening(person);
  expect(early.ok ? '' : early.refusal.sentence).toMatch(
    /^Part of what was known of .* keeps the rest/,
  );
  await untilState(erasure, 'proved');
  expect(await opening(person)).toMatchObject({ ok: true });
  expect(await values(person)).toBe(2);
});
