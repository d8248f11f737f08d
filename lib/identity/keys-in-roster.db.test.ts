import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { keysInRoster } from './keys-in-roster.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

it('the keys that parties count are those of the newest roster, not of an earlier one', async () => {
  const record = async (version: number, keys: readonly string[]) => {
    const credentials = keys.map((id) => ({ id }));
    const document = JSON.stringify({ people: [{ id: 'p-one', credentials }] });
    const digest = createHash('sha256').update(document).digest('hex');
    await database.connect('owner').rosterVersion.create({ data: { version, digest, document } });
  };
  const context = { db: database.connect('web') };
  expect(await keysInRoster('p-one', context)).toEqual(new Set());
  await record(1, ['lost', 'kept']);
  expect(await keysInRoster('p-one', context)).toEqual(new Set(['lost', 'kept']));
  await record(2, ['kept']);
  expect(await keysInRoster('p-one', context)).toEqual(new Set(['kept']));
  expect(await keysInRoster('p-two', context)).toEqual(new Set());
});
