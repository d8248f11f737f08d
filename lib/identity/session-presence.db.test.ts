import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { absoluteLimitMs, idleLimitMs } from './session-limits.ts';
import { resolveSession } from './sessions.ts';
import { admit, enrol, signIn, testContext, type TestContext } from './testing/people.ts';

let database: TestDatabase;
let context: TestContext;
let secret: string;

const minute = 60_000;
const watch = () => resolveSession(secret, context, 'watching');
const act = () => resolveSession(secret, context, 'acting');

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  context = testContext(database.connect('web'));
  const person = await enrol(context);
  await admit(database.connect('owner'), person);
  ({ secret } = await signIn(context, person));
});

describe('a session', () => {
  it('ends 15 minutes after its person was last there, however often a page asks', async () => {
    for (let passed = 0; passed < idleLimitMs; passed += minute) {
      expect(await watch()).not.toBeNull();
      context.passTime(minute);
    }
    expect(await watch()).not.toBeNull();
    context.passTime(1);
    expect(await watch()).toBeNull();
    expect(await act()).toBeNull();
  });

  it('lasts while its person acts, and no longer than 8 hours', async () => {
    for (let passed = 0; passed < absoluteLimitMs; passed += 14 * minute) {
      expect(await act()).not.toBeNull();
      context.passTime(14 * minute);
    }
    expect(await act()).toBeNull();
  });
});
