/** The plan of an erasure names what each system keeps of a client, out of the real tables. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { subjectOf } from '../collect/system.ts';
import { systemOf } from '../collect/systems.ts';
import { noted, openPackagesDesk, type PackagesDesk } from '../testing/package-desk.ts';
import { planErasure } from './plan-erasure.ts';
import { clientSystems } from './plan-others.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await noted(desk, 'The usual payment to the exchange.');
});
afterAll(() => desk.close());

const planned = (person: string, role: 'web' | 'worker' = 'web') =>
  inTransaction(desk[role], (tx) =>
    planErasure(tx, {
      person,
      right: 'erasure',
      number: null,
      today: dayOf(desk.context.clock()),
    }),
  );

it('of who is the client it names what every system keeps, as the collectors count it', async () => {
  const plan = await planned(desk.subject);
  const counts = new Map(plan?.lines.map(({ code, count }) => [code, count]));
  expect(counts.get('ledger')).toBe(1);
  expect(counts.get('operations')).toBe(1);
  for (const code of clientSystems)
    expect([code, counts.get(code) ?? 0]).toEqual([
      code,
      await systemOf(code).count(desk.web, await subjectOf(desk.web, desk.subject)),
    ]);
  // The worker, who carries it out, computes the same digest.
  expect((await planned(desk.subject, 'worker'))?.digest).toBe(plan?.digest);
});

it('of who only acts for the client it names nothing of the client', async () => {
  const plan = await planned(desk.other);
  const codes = new Set(plan?.lines.map(({ code }) => code));
  expect(clientSystems.filter((code) => codes.has(code))).toEqual([]);
});
