import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { creditDeposit } from './credit-deposit.ts';
import { clientBalances } from './queries.ts';
import {
  asset,
  carryToChain,
  confirm,
  deposit,
  move,
  closeBooks,
  openBooks,
  raise,
  vault,
  type Books,
} from './testing/books.ts';
import { voidHold } from './void-hold.ts';

let books: Books;
const people = Array.from({ length: 20 }, (_, index) => `C-${1001 + index}`);
let next = 0;
/** A client nobody else uses. */
const someone = (): string => people[next++] ?? 'C-none';
const balance = async (client: string) => (await clientBalances(books.web, { client }))[0];

beforeAll(async () => {
  books = await openBooks(people, 25);
});
afterAll(() => closeBooks(books));

describe('concurrency', () => {
  it('lets 50 parallel withdrawals over one balance never overdraw it', async () => {
    const client = someone();
    await deposit(books, client, 105n);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => raise(books, randomUUID(), client, 10n)),
    );
    expect(answers.filter(Boolean)).toHaveLength(10);
    expect(await balance(client)).toMatchObject({ held: '100', available: '5' });
  });

  it('lets no first-ever spend slip through', async () => {
    const client = someone();
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => raise(books, randomUUID(), client, 7n)),
      deposit(books, client, 20n).then(() => false),
      ...Array.from({ length: 20 }, () => raise(books, randomUUID(), client, 7n)),
    ]);
    expect(answers.filter(Boolean).length).toBeLessThanOrEqual(2);
    expect(BigInt((await balance(client))?.available ?? -1)).toBeGreaterThanOrEqual(6n);
  });

  it('resolves a hold once when posting and giving back meet', async () => {
    const client = someone();
    await deposit(books, client, 200n);
    for (let round = 0; round < 10; round += 1) {
      const operation = randomUUID();
      await raise(books, operation, client, 10n);
      await carryToChain(books, operation);
      const outcomes = await Promise.allSettled([
        confirm(books, operation, client, 10n),
        confirm(books, operation, client, 10n),
        inTransaction(books.worker, async (tx) => {
          await move(tx, operation, 'failed');
          await voidHold(tx, { operation });
        }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await balance(client)).toMatchObject({ held: '0' });
    }
  });

  it('makes one journal of the same deposit reported 20 times at once, on accounts that do not exist yet', async () => {
    const client = someone();
    const arrived = { chain: 'solana:sandbox', txid: 'same', vault, client, asset, amount: 9n };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => creditDeposit(books.worker, arrived)),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.ok && answer.value.journal)).size).toBe(1);
    expect(await balance(client)).toMatchObject({ posted: '9' });
  });

  it('opens an account once, however many deposits are the first on it at the same time', async () => {
    // A rival shows only in the instant between a look and an insert, hence many rounds of many.
    for (let round = 0; round < 40; round += 1) {
      const client = `C-9${String(round).padStart(4, '0')}`;
      await books.owner.client.create({ data: { id: client } });
      await Promise.all(Array.from({ length: 20 }, () => deposit(books, client, 1n)));
      expect(await balance(client)).toMatchObject({ posted: '20' });
    }
  });

  it('books once what is tried again after the server gave a transaction up', async () => {
    const client = someone();
    let attempts = 0;
    const arrived = {
      chain: 'solana:sandbox',
      txid: 'given-up',
      vault,
      client,
      asset,
      amount: 11n,
    };
    const credited = await inTransaction(books.worker, async (tx) => {
      attempts += 1;
      const answer = await creditDeposit(tx, arrived);
      // As PostgreSQL answers a writer that another one was before: after the work, before its commit.
      if (attempts < 3)
        await tx.$executeRaw`do $$ begin raise exception 'given up' using errcode = '40001'; end $$`;
      return answer;
    });
    expect(attempts).toBe(3);
    expect(credited).toMatchObject({ ok: true, value: { isNew: true } });
    expect(await balance(client)).toMatchObject({ posted: '11' });
    expect(await creditDeposit(books.worker, arrived)).toMatchObject({ value: { isNew: false } });
    expect(await balance(client)).toMatchObject({ posted: '11' });
  });

  it('books each of ten deposits, reported twice, once when transactions at the strictest level fail and come again', async () => {
    const client = someone();
    await deposit(books, client, 1n);
    let failures = 0;
    const credit = async (txid: string): Promise<void> => {
      for (let attempt = 1; attempt <= 200; attempt += 1)
        try {
          await books.worker.$transaction(
            (tx) =>
              creditDeposit(tx, {
                chain: 'solana:sandbox',
                txid,
                vault,
                client,
                asset,
                amount: 1n,
              }),
            { isolationLevel: 'Serializable', maxWait: 20_000, timeout: 20_000 },
          );
          return;
        } catch (error) {
          const isConflict = error instanceof Error && 'code' in error && error.code === 'P2034';
          if (!isConflict && sqlStateOf(error) !== '40001') throw error;
          failures += 1;
        }
      throw new Error(`${txid} was not booked in 200 attempts.`);
    };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => credit(`strict-${Math.floor(index / 2)}`)),
    );
    expect(failures).toBeGreaterThan(0);
    expect(await balance(client)).toMatchObject({ posted: '11' });
  });
});
