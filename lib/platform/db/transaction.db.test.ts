import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from './client.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { inTransaction, sqlStateOf, type Tx } from './transaction.ts';

let database: TestDatabase;
let owner: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  await owner.client.createMany({ data: [{ id: 'C-1001' }, { id: 'C-1002' }] });
});
afterAll(() => database.drop());

const lock = (tx: Tx, id: string) =>
  tx.$queryRaw`select id from client where id = ${id} for update`;

it('two transactions that lock each other out both succeed in the end', async () => {
  const met = Promise.withResolvers<void>();
  let waiting = 0;
  let runs = 0;
  const crosswise = (first: string, second: string) =>
    inTransaction(owner, async (tx) => {
      runs += 1;
      await lock(tx, first);
      waiting += 1;
      if (waiting >= 2) met.resolve();
      await met.promise;
      await lock(tx, second);
      return first;
    });
  expect(await Promise.all([crosswise('C-1001', 'C-1002'), crosswise('C-1002', 'C-1001')])).toEqual(
    ['C-1001', 'C-1002'],
  );
  expect(runs).toBeGreaterThan(2);
});

it('a serialization failure raised by the server runs the work again', async () => {
  let runs = 0;
  const answer = await inTransaction(owner, async (tx) => {
    runs += 1;
    if (runs < 3)
      await tx.$executeRawUnsafe(
        `do $$ begin raise exception 'again' using errcode = '40001'; end $$`,
      );
    return 'done';
  });
  expect([answer, runs]).toEqual(['done', 3]);
});

it('retries are bounded', async () => {
  let runs = 0;
  const failing = inTransaction(owner, async (tx) => {
    runs += 1;
    await tx.$executeRawUnsafe(
      `do $$ begin raise exception 'again' using errcode = '40001'; end $$`,
    );
  });
  await expect(failing).rejects.toSatisfy((error) => sqlStateOf(error) === '40001');
  expect(runs).toBe(5);
});

it('any other failure is passed on at once and leaves nothing behind', async () => {
  let runs = 0;
  const failing = inTransaction(owner, async (tx) => {
    runs += 1;
    await tx.client.create({ data: { id: 'C-1003' } });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(runs).toBe(1);
  expect(await owner.client.count({ where: { id: 'C-1003' } })).toBe(0);
});

it('a transaction that takes too long is rolled back', async () => {
  const slow = inTransaction(
    owner,
    async (tx) => {
      await tx.client.create({ data: { id: 'C-1004' } });
      await tx.$queryRaw`select pg_sleep(1)::text`;
    },
    { timeoutMs: 200 },
  );
  await expect(slow).rejects.toThrow();
  expect(await owner.client.count({ where: { id: 'C-1004' } })).toBe(0);
});

it('a statement that takes too long is ended by the server', async () => {
  const hasty = database.connect('web', { statementTimeoutMs: 100 });
  await expect(hasty.$queryRaw`select pg_sleep(5)::text`).rejects.toSatisfy(
    (error) => sqlStateOf(error) === '57014',
  );
});
