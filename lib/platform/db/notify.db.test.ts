import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  anythingMayHaveChanged,
  listen,
  publish,
  type Notice,
  type Subscription,
} from './notify.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { inTransaction } from './transaction.ts';

let database: TestDatabase;
let subscription: Subscription;
let heard: Notice[];

beforeEach(async () => {
  database = await createTestDatabase();
  heard = [];
  subscription = await listen(database.urls.web, (notice) => heard.push(notice));
});
afterEach(async () => {
  await subscription.close();
  await database.drop();
});

const tell = (id: string) =>
  inTransaction(database.connect('worker'), (tx) => publish(tx, { topic: 'operations', id }));

it('a notice arrives when its transaction commits, and only then', async () => {
  const undone = inTransaction(database.connect('worker'), async (tx) => {
    await publish(tx, { topic: 'operations', id: 'undone' });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  await tell('kept');
  await vi.waitFor(() => expect(heard).toEqual([{ topic: 'operations', id: 'kept' }]), {
    timeout: 10_000,
  });
});

it('a listener survives a dropped connection and is told that it may have missed something', async () => {
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countersign notices'
    and datname = current_database()`);
  await owner.end();
  await vi.waitFor(() => expect(heard).toEqual([anythingMayHaveChanged]), { timeout: 10_000 });
  await tell('after');
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: 'operations', id: 'after' }), {
    timeout: 10_000,
  });
});

it('what is not a notice of ours is passed over', async () => {
  const db = database.connect('worker');
  for (const text of ['', 'null', '7', '[]', '{', '{"topic":5}'])
    await db.$executeRaw`select pg_notify('countersign', ${text})`;
  await tell('ours');
  await vi.waitFor(() => expect(heard).toEqual([{ topic: 'operations', id: 'ours' }]), {
    timeout: 10_000,
  });
});

it('a first connection that cannot be made is an error, not a silent listener', async () => {
  const wrong = new URL(database.urls.web);
  wrong.password = 'wrong';
  await expect(listen(wrong.href, () => undefined)).rejects.toThrow(
    'password authentication failed',
  );
});
