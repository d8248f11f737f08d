import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { findLedgerFaults } from './find-faults.ts';
import { recomputeBalances } from './recompute-balances.ts';
import { asset, closeBooks, deposit, openBooks, type Books } from './testing/books.ts';

const clients = Array.from({ length: 60 }, (_, index) => `C-${10_000 + index}`);
const tampered = `client/${clients[7]}/${asset}`;

let books: Books;

/** Kept totals are moved past every rule, as somebody with the owner's rights could. */
const tamper = (credits: bigint, debits = 0n): Promise<number> =>
  inTransaction(books.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    return tx.$executeRaw`
      update account set credits = credits + ${credits.toString()}::numeric,
        debits = debits + ${debits.toString()}::numeric where id = ${tampered}`;
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

  it.each([
    ['one side', 1n, 0n],
    ['both sides by as much, so that its balance looks right', 1n, 1n],
  ])(
    'tell the account whose kept totals its lines do not make on %s, to the last of 27 digits',
    async (_which, credits, debits) => {
      await tamper(credits, debits);
      const found = await recomputeBalances(books.worker, { stretchLines: 30 });
      const faults = await findLedgerFaults(books.worker);
      await tamper(-credits, -debits);
      expect(found).toEqual({
        accounts: clients.length + 1,
        differing: 1,
        examples: [
          {
            account: tampered,
            kept: { debits: debits.toString(), credits: '100000000000000000000000013' },
            computed: { debits: '0', credits: '100000000000000000000000012' },
          },
        ],
      });
      expect(faults).toEqual([`1 accounts whose totals are not their lines, such as ${tampered}`]);
    },
  );
});
