import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listBreaches } from '#lib/privacy/breaches/list-breaches.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeBreaches } from './make-breaches.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

it('the sample organisation has a breach whose clock runs and one that was closed without notification, made once', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  const make = async () => {
    await makeBreaches(team, context);
    return owner.privacyBreachEvent.count();
  };
  const events = await make();
  expect(await make()).toBe(events);
  const { actor } = await team.signIn('vera');
  const { rows } = valueOf(await listBreaches(actor, { list: 'all' }, context));
  const found = rows.map(({ state, risk, clock, ending }) => [state, risk, clock.state, ending]);
  expect(found).toEqual([
    ['closed', 'unlikely', 'none', 'cleared'],
    ['assessed', 'likely', 'running', null],
  ]);
});
