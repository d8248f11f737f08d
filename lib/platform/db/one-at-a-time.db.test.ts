import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from './client.ts';
import { makeQueue } from './one-at-a-time.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';
import { inTransaction } from './transaction.ts';

let database: TestDatabase;
let owner: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner');
  await owner.operator.create({
    data: { id: 'p-aaaaaaaaaa', roles: ['officer'], status: 'active' },
  });
});
afterAll(() => database.drop());

it('many reads at once in a transaction, and of many relations, wait for each other', async () => {
  const warnings: string[] = [];
  const hear = ({ message }: Error): void => {
    warnings.push(message);
  };
  process.on('warning', hear);
  try {
    await inTransaction(owner, async (tx) => {
      const many = Array.from({ length: 8 }, () => tx.operator.count());
      expect(await Promise.all(many)).toEqual(many.map(() => 1));
      const relations = { credentials: true, invitations: true, sessions: true } as const;
      const person = await tx.operator.findFirstOrThrow({ include: relations });
      expect([person.credentials, person.invitations, person.sessions]).toEqual([[], [], []]);
    });
    // Warnings are given out on the next turn of the loop.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } finally {
    process.off('warning', hear);
  }
  expect(warnings.filter((message) => message.includes('client.query()'))).toEqual([]);
});

it('a transaction that fails among other reads is rolled back, and the connection serves on', async () => {
  const id = randomUUID();
  const failing = inTransaction(owner, async (tx) => {
    await tx.client.create({ data: { id } });
    await Promise.all([tx.operator.count(), tx.$queryRaw`select 1 / 0`, tx.operator.count()]);
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(await owner.client.count({ where: { id } })).toBe(0);
  expect(await inTransaction(owner, (tx) => tx.operator.count())).toBe(1);
});

it('a call that fails stops none of those behind it', async () => {
  const queued = makeQueue();
  const order: string[] = [];
  const call = queued(async (name: string) => {
    order.push(name);
    await Promise.resolve();
    if (name === 'b') throw new Error(name);
    order.push(`${name} done`);
  });
  const all = await Promise.allSettled(['a', 'b', 'c'].map(call));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual(['a', 'a done', 'b', 'c', 'c done']);
});
