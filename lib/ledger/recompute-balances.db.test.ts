import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { recomputeBalances } from './recompute-balances.ts';
import { asset, closeBooks, deposit, openBooks, type Books } from './testing/books.ts';

const clients = Array.from({ length: 60 }, (_, index) => `C-${10_000 + index}`);
const tampered = `client/${clients[7]}/${asset}`;

let books: Books;

/** Kept totals are moved past every rule, as somebody with the owner's rights could. */
const tamper = (by: bigint): Promise<number> =>
  inTransaction(books.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    return tx.$executeRaw`
      update account set credits = credits + ${by.toString()}::numeric where id = ${tampered}`;
  });

beforeAll(async () => {
  books = await openBooks(clients);
  for (const client of clients) {
    await deposit(books, client, 5n);
    await deposit(books, client, 10n ** 26n + 7n);
  }
  await books.owner.$executeRaw`analyze posting, account`;
});
afterAll(() => closeBooks(books));

describe('balances computed anew', () => {
  it.each([1, 7, 1_000_000])(
    'are those that are kept, in stretches of about %i lines, and each account counts once',
    async (stretchLines) => {
      const shares: number[] = [];
      const found = await recomputeBalances(books.worker, {
        stretchLines,
        onProgress: (share) => shares.push(share),
      });
      expect(found).toEqual({ accounts: clients.length + 1, differing: 0, examples: [] });
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.length > 1).toBe(stretchLines < 1_000_000);
    },
  );

  it('tell the account whose kept total its lines do not make, to the last of 27 digits', async () => {
    await tamper(1n);
    const found = await recomputeBalances(books.worker, { stretchLines: 30 });
    await tamper(-1n);
    expect(found).toEqual({
      accounts: clients.length + 1,
      differing: 1,
      examples: [
        {
          account: tampered,
          kept: '-100000000000000000000000013',
          computed: '-100000000000000000000000012',
        },
      ],
    });
  });
});
