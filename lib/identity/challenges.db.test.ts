import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { beginSignIn } from './begin-sign-in.ts';
import {
  anonymousMax,
  challengeLifetimeMs,
  issueChallenge,
  newNonce,
  perPersonMax,
} from './challenges.ts';
import { testContext, type TestContext } from './testing/people.ts';

let database: TestDatabase;
let owner: Database;
let context: TestContext;
beforeEach(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  context = testContext(database.connect('web'));
});
afterEach(() => database.drop());

async function fill(count: number, operatorId: string | null): Promise<void> {
  const createdAt = context.clock();
  const expiresAt = new Date(createdAt.getTime() + challengeLifetimeMs);
  const purpose = operatorId === null ? 'sign-in' : 'statement';
  await owner.$executeRaw`
    insert into challenge (nonce, purpose, operator_id, document, payload, challenge, created_at, expires_at)
    select ${randomUUID()} || n, ${purpose}, ${operatorId}, '', '{}', 'AAAA', ${createdAt}, ${expiresAt}
    from generate_series(1, ${count}::int) n`;
}
const statementOf = (operatorId: string) =>
  issueChallenge(
    context.db,
    { purpose: 'statement', nonce: newNonce(), challenge: 'AAAA', operatorId },
    context.clock(),
  );

describe('challenges that nobody has a name on', () => {
  it('are bounded in number, and given out again once those are over', async () => {
    await fill(anonymousMax - 1, null);
    expect((await beginSignIn(context)).ok).toBe(true);
    expect(await beginSignIn(context)).toMatchObject({
      refusal: {
        code: 'too-many-challenges',
        sentence: expect.stringContaining('minute') as string,
      },
    });
    context.passTime(challengeLifetimeMs);
    expect((await beginSignIn(context)).ok).toBe(true);
  });

  it('keep nobody who is signed in from stating', async () => {
    await fill(anonymousMax, null);
    expect((await statementOf('p-aaaaaaaaaa')).ok).toBe(true);
  });
});

it('the challenges of one person are bounded, whatever others do', async () => {
  await fill(perPersonMax, 'p-aaaaaaaaaa');
  expect(await statementOf('p-aaaaaaaaaa')).toMatchObject({
    refusal: { code: 'too-many-challenges' },
  });
  expect((await statementOf('p-bbbbbbbbbb')).ok).toBe(true);
  expect((await beginSignIn(context)).ok).toBe(true);
});
