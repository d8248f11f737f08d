import { expect, test } from 'vitest';
import { Prisma } from '../generated/client.ts';
import type { Database } from '../client.ts';
import { poolOf } from '../direct.ts';
import { createTestDatabase } from './database.ts';

const sessionOf = async (client: Database) => {
  const [session] = await client.$queryRaw<[Record<'database' | 'role' | 'limit', string>]>(
    Prisma.sql`select current_database() as database, current_user as role, current_setting('statement_timeout') as limit`,
  );
  return session;
};

test('a client whose database is gone serves the next test with the role, the limits and the database of that one', async () => {
  const first = await createTestDatabase();
  const client = first.connect('web', { statementTimeoutMs: 3_000 });
  const before = await sessionOf(client);
  expect(before.limit).toBe('3s');
  await first.drop();
  const second = await createTestDatabase();
  const next = second.connect('worker');
  expect(poolOf(next)).toBe(poolOf(client));
  // Caches that go by the client find nothing of the other test.
  expect(next).not.toBe(client);
  const after = await sessionOf(next);
  expect(after.limit).toBe('10s');
  expect(after.role).not.toBe(before.role);
  expect(after.database).toBe(new URL(second.urls.worker).pathname.slice(1));
  expect(after.database).not.toBe(before.database);
  await second.drop();
});

test('a client that a test disconnected serves nobody else', async () => {
  const first = await createTestDatabase();
  const client = first.connect('web');
  await sessionOf(client);
  await client.$disconnect();
  await first.drop();
  const second = await createTestDatabase();
  expect(poolOf(second.connect('web'))).not.toBe(poolOf(client));
  await second.drop();
});
