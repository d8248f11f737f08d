import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testContext } from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { sweepChallenges } from './sweep-challenges.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const minute = 60_000;

it('what has expired goes, soon when nobody has a name on it, and what is open stays', async () => {
  const owner = database.connect('owner');
  const context = { ...testContext(database.connect('worker')), clock: () => new Date() };
  const now = Date.now();
  const add = async (label: string, operatorId: string | null, endedMinutesAgo: number) => {
    const expiresAt = new Date(now - endedMinutesAgo * minute);
    const createdAt = new Date(expiresAt.getTime() - 5 * minute);
    await owner.$executeRaw`
      insert into challenge (nonce, purpose, operator_id, document, payload, challenge, created_at, expires_at)
      select ${label} || ' ' || n, 'sign-in', ${operatorId}, '', '{}', 'AAAA', ${createdAt}, ${expiresAt}
      from generate_series(1, 2500) n`;
  };
  await add('anonymous over', null, 3);
  await add('anonymous open', null, -3);
  await add('person over', 'p-aaaaaaaaaa', 3);
  await add('person long over', 'p-aaaaaaaaaa', 61);
  await owner.loginTicket.create({
    data: {
      tokenHash: randomBytes(32),
      operatorId: 'p-aaaaaaaaaa',
      credentialId: 'AAAA',
      expiresAt: new Date(now - 61 * minute),
    },
  });
  await sweepChallenges(context);
  const left = await owner.challenge.findMany({ select: { nonce: true } });
  const labels = new Set(left.map(({ nonce }) => nonce.replace(/ \d+$/, '')));
  expect([...labels].toSorted()).toEqual(['anonymous open', 'person over']);
  expect(await owner.loginTicket.count()).toBe(0);
});
