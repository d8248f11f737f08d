/** An erasure where the key service makes or destroys no more within the hour. */
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { noteBreach } from '../breaches/move-breach.ts';
import { reported } from '../testing/breach-desk.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure, ErasureDesk } from './erasure-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

it('waits for the keys and is no failure of the worker, keeps nobody else waiting, and goes on later', async () => {
  const person = await somebody(desk, { 'full-name': 'Clementine Farquhar' });
  const { id } = await reported(desk, {});
  const note = 'Clementine Farquhar was told.';
  valueOf(await noteBreach(desk.people.dora.actor, { id, seen: '1', note }, desk.context));
  const { erasure } = await decidedErasure(desk, person);
  const other = await decidedErasure(desk, await somebody(desk, { 'full-name': 'Nobody Else' }));
  const stands = async (which: string) => {
    const row = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: which } });
    return [row.state, row.waitsUntil !== null && row.waitsUntil > desk.context.clock()];
  };
  vi.stubEnv('COUNTERSIGN_KEYS', inject('testKeys').heldBack);
  try {
    await new ErasureDesk(erasureNeeds(desk)).round(new AbortController().signal);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(await stands(erasure)).toEqual(['swept', true]);
  // It came as far as where a key is destroyed.
  expect(await stands(other.erasure)).toEqual(['looked', true]);
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  expect(await carryErasure(erasureNeeds(desk), other.erasure)).toBe('proved');
});
