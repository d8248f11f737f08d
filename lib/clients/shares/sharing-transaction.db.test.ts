import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { ok } from '#lib/platform/result.ts';
import { sharingTransaction } from './sharing-transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('a statement that takes longer than it may is told by name, and any other fault is passed on', async () => {
  const db = database.connect('web', { statementTimeoutMs: 500 });
  const count = (to: number) =>
    sharingTransaction(db, async (tx) => {
      await tx.$queryRaw`select count(*)::int from generate_series(1, ${to}::bigint)`;
      return ok('done');
    });
  expect(await count(1)).toEqual(ok('done'));
  expect(await count(10_000_000_000)).toMatchObject({ refusal: { code: 'took-too-long' } });
  await expect(sharingTransaction(db, (tx) => tx.$queryRaw`select 1 / 0`)).rejects.toThrow(
    'division by zero',
  );
});
