import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseFor } from './client.ts';
import { sqlStateOf } from './transaction.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('a client that only reads is refused by the server whatever it would write', async () => {
  const db = databaseFor(database.urls.owner, { readOnly: true });
  try {
    expect(await db.heartbeat.count()).toBe(0);
    const data = { name: 'worker', at: new Date(), detail: {} };
    const refused: unknown = await db.heartbeat.create({ data }).catch((error: unknown) => error);
    expect(sqlStateOf(refused)).toBe('25006');
  } finally {
    await db.$disconnect();
  }
});
