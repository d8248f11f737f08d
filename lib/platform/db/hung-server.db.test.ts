import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { databaseFor, type Database } from './client.ts';
import { withClient } from './owner-client.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { startHangingRelay, type HangingRelay } from './testing/hanging-relay.ts';
import { inTransaction } from './transaction.ts';

const limits = { poolSize: 3, statementTimeoutMs: 300, answerMarginMs: 300, connectTimeoutMs: 600 };
const patience = { timeout: 10_000, interval: 50 };

let database: TestDatabase;
let relay: HangingRelay;
let db: Database;

beforeEach(async () => {
  database = await createTestDatabase();
  relay = await startHangingRelay(database.urls.worker);
  db = databaseFor(relay.url, limits);
  await db.$queryRaw`select 1`;
});
afterEach(async () => {
  relay.close();
  await db.$disconnect();
  await database.drop();
});

const beat = (name: string, client: Pick<Database, 'heartbeat'> = db) =>
  client.heartbeat.create({ data: { name, at: new Date(), detail: {} } });

it('a statement that a hung server never answers fails, and the next one works once the server does', async () => {
  relay.hang();
  const before = performance.now();
  await expect(db.$queryRaw`select 1`).rejects.toThrow();
  expect(performance.now() - before).toBeLessThan(3_000);
  relay.recover();
  await vi.waitFor(() => db.$queryRaw`select 1`, patience);
});

it('transactions that hang, more of them than connections, use none up', async () => {
  const { promise: hung, resolve: hang } = Promise.withResolvers<void>();
  const stuck = Array.from({ length: 2 * limits.poolSize }, (_, index) =>
    inTransaction(db, async (tx) => {
      await beat(`stuck-${index}`, tx);
      if (index === 0) {
        relay.hang();
        hang();
      }
      await hung;
      await tx.$queryRaw`select 1`;
    }).then(
      () => 'done',
      () => 'failed',
    ),
  );
  expect(await Promise.all(stuck)).toContain('failed');
  relay.recover();
  await vi.waitFor(() => db.$queryRaw`select 1`, patience);
  const all = Array.from({ length: limits.poolSize }, (_, index) =>
    inTransaction(db, (tx) => beat(`after-${index}`, tx)),
  );
  expect(await Promise.all(all)).toHaveLength(limits.poolSize);
});

it('what a transaction wrote before its server hung is not committed by whoever comes after', async () => {
  await expect(
    inTransaction(db, async (tx) => {
      await beat('undone', tx);
      relay.hang();
      await tx.$queryRaw`select 1`;
    }),
  ).rejects.toThrow();
  relay.thaw();
  for (let turn = 0; turn < 2 * limits.poolSize; turn += 1)
    await vi.waitFor(() => inTransaction(db, (tx) => beat(`after-${turn}`, tx)), patience);
  const names = (await db.heartbeat.findMany()).map(({ name }) => name);
  expect(names).toHaveLength(2 * limits.poolSize);
  expect(names).not.toContain('undone');
});

it('a lone connection gives up on a server that hangs before, in or after its statement', async () => {
  const own = { name: 'test', connectMs: 400, answerMs: 400 };
  const during = (work: () => void) =>
    withClient(relay.url, own, async (client) => {
      work();
      await client.query('select 1');
    });
  await expect(during(() => relay.hang())).rejects.toThrow();
  await expect(during(() => undefined)).rejects.toThrow();
  relay.recover();
  const before = performance.now();
  await withClient(relay.url, own, async (client) => {
    await client.query('select 1');
    relay.hang();
  });
  expect(performance.now() - before).toBeLessThan(5_000);
});
