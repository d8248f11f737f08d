import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { withdrawRequest } from './carry-out.ts';
import { OverdueRequests } from './overdue-requests.ts';
import { viewRequest } from './view-request.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const daysAgo = (days: number) => ({
  receivedAt: fieldOf(new Date(desk.context.clock().getTime() - days * 86_400_000)),
  reasons: 'Stamp of the post room.',
});
const view = async (id: string) =>
  valueOf(await viewRequest(desk.people.dora.actor, id, desk.context));

it('a request over its day is warned of once, whatever lists say, and what is not over is left alone', async () => {
  const over = await received(desk, daysAgo(50));
  const running = await received(desk, daysAgo(20));
  const withdrawn = await received(desk, daysAgo(50));
  const proof = 'She said so on the telephone.';
  const withdrawing = {
    id: withdrawn.id,
    seen: '1',
    withdrawnAt: fieldOf(desk.context.clock()),
    proof,
  };
  valueOf(await withdrawRequest(desk.people.dora.actor, withdrawing, desk.context));
  // As whoever has the web server could, to hide it.
  await desk.web.privacyRequestClock.update({
    where: { requestId: over.id },
    data: { dueOn: new Date('2099-01-01'), state: 'met' },
  });
  const watch = () => new OverdueRequests({ db: desk.worker, clock: desk.context.clock });
  await watch().look();
  await watch().look();
  const { events, clock, standing } = await view(over.id);
  expect(events.filter(({ kind }) => kind === 'warned')).toHaveLength(1);
  expect([...standing.warned]).toEqual([clock?.dueOn]);
  const counted = await desk.owner.privacyRequestClock.findUniqueOrThrow({
    where: { requestId: over.id },
  });
  expect(counted).toMatchObject({ state: 'running' });
  for (const { id } of [running, withdrawn])
    expect((await view(id)).events.some(({ kind }) => kind === 'warned')).toBe(false);
});
