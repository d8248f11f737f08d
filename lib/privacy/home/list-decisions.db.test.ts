import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { held, lifted, pressLift } from '../testing/hold-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { approve, night, parted } from '../testing/retention-night.ts';
import { listDecisions } from './list-decisions.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const waiting = async () => valueOf(await listDecisions(desk.people.dora.actor, desk.context));

it('a rule that found something stands on the home until somebody approved it', async () => {
  expect(await waiting()).toEqual({ rules: [], lifts: [], liftCount: 0 });
  await parted(desk, { years: 6, client: 'C-96001' });
  const run = await night(desk);
  const { number } = await desk.owner.retentionRun.findUniqueOrThrow({ where: { id: run } });
  const { rules } = await waiting();
  expect(rules).toContainEqual({ run: number, rule: 'aml-relationship', due: 1 });
  await approve(desk, run, 'aml-relationship');
  const left = (await waiting()).rules.map(({ rule }) => rule);
  expect(left).not.toContain('aml-relationship');
  expect(left).toHaveLength(rules.length - 1);
});

it('a hold that somebody proposed to lift stands there until another person decided', async () => {
  const { id, number } = await held(desk);
  expect((await waiting()).lifts).toEqual([]);
  const reasons = 'The court closed the case.';
  const proposing = { id, seen: '1', step: 'lift-proposed', reasons };
  valueOf(await pressLift(desk, desk.people.mia, proposing));
  expect(await waiting()).toMatchObject({ lifts: [number], liftCount: 1 });
  valueOf(await pressLift(desk, desk.people.ada, { id, seen: '2', step: 'lifted' }));
  expect(await waiting()).toMatchObject({ lifts: [], liftCount: 0 });
  const other = await held(desk);
  await lifted(desk, other.id);
  expect((await waiting()).liftCount).toBe(0);
});

it('whoever may not read requests is not told', async () => {
  const { actor } = desk.people.dora;
  const nobody = { ...actor, roles: [], scopes: new Set() } as unknown as typeof actor;
  expect(await listDecisions(nobody, desk.context)).toMatchObject({ ok: false });
});
