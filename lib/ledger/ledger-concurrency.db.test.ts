import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
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
});
