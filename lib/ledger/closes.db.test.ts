import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { clientAccount, vaultAccount } from './accounts.ts';
import { closeEachMinute } from './close-each-minute.ts';
import { closeAt, closeBooks as closePosition } from './close-books.ts';
import { postOwnFunds } from './post-own-funds.ts';
import { balanceAt } from './queries.ts';
import { asset, closeBooks, deposit, openBooks, vault, type Books } from './testing/books.ts';

let books: Books;
const client = 'C-1001';
const owed = clientAccount(client, asset);

beforeAll(async () => {
  books = await openBooks([client, 'C-1002']);
});
afterAll(() => closeBooks(books));

const close = async () => {
  const closed = await closePosition(books.worker);
  if (!closed) throw new Error('Journals were being written.');
  return closed;
};
const balance = async (account: string, instant: Date) =>
  valueOf(await balanceAt(books.web, account, instant)).balance;

/** A journal that is written and not committed until `finish` is called. */
async function underWay(txid: string) {
  const { promise: wait, resolve: finish } = Promise.withResolvers<void>();
  const { promise: isWritten, resolve: written } = Promise.withResolvers<bigint>();
  const committed = inTransaction(books.worker, async (tx) => {
    const put = { chain: 'solana:sandbox', txid, asset, amount: 3n };
    written(valueOf(await postOwnFunds(tx, put)).journal);
    await wait;
  });
  return { journal: await isWritten, finish: () => (finish(), committed) };
}

describe('the balance at an instant', () => {
  it('is that of the first close at or after it, on whichever side of it journals were booked', async () => {
    const empty = await close();
    await deposit(books, client, 5n);
    const first = await close();
    await deposit(books, client, 7n);
    const second = await close();
    expect(await balance(owed, empty.closedAt)).toBe(0n);
    expect(await balance(owed, first.closedAt)).toBe(-5n);
    expect(await balance(owed, new Date(first.closedAt.getTime() + 1))).toBe(-12n);
    expect(await balance(owed, second.closedAt)).toBe(-12n);
    expect(await balance(vaultAccount(vault, asset), second.closedAt)).toBe(12n);
    expect(await balance(clientAccount('C-1002', asset), second.closedAt)).toBe(0n);
  });

  it('is not told before the books are closed up to it', async () => {
    const { closedAt } = await close();
    const later = new Date(closedAt.getTime() + 1);
    expect(await balanceAt(books.web, owed, later)).toMatchObject({
      refusal: { code: 'not-closed-yet' },
    });
    await close();
    expect(await balanceAt(books.web, owed, later)).toMatchObject({ ok: true });
  });
});

describe('a close', () => {
  it('gives up while a journal is being written, and has it once it is committed', async () => {
    const { journal, finish } = await underWay('open-for-long');
    expect(await closePosition(books.worker)).toBeNull();
    // Others go on meanwhile, also with higher numbers.
    await deposit(books, 'C-1002', 1n);
    await finish();
    const { lastJournal } = await close();
    expect(lastJournal).toBeGreaterThan(journal);
  });

  it('has nothing that was given up, and nothing comes into it later', async () => {
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let turn = 0; turn < 25; turn += 1)
        await deposit(books, writer % 2 === 0 ? client : 'C-1002', 1n);
    });
    const closes: { last: bigint; sum: string | null }[] = [];
    const summed = async (last: bigint) => {
      const [row] = await books.owner.$queryRaw<{ sum: string | null }[]>`
        select sum(amount)::text as sum from posting where account_id like 'client/%' and journal_id <= ${last}`;
      return row?.sum ?? null;
    };
    let isDone = false;
    const watching = (async () => {
      while (!isDone) {
        const closed = await closePosition(books.worker);
        if (closed)
          closes.push({ last: closed.lastJournal, sum: await summed(closed.lastJournal) });
      }
    })();
    await Promise.all(writers);
    isDone = true;
    await watching;
    expect(closes.length).toBeGreaterThan(2);
    for (const { last, sum } of closes) expect(await summed(last)).toBe(sum);
  });

  it('is made once in a minute, as its first look finds none', async () => {
    const { closedAt } = await close();
    const count = () => books.owner.ledgerClose.count();
    const before = await count();
    await closeEachMinute(books.worker, closedAt);
    expect(await count()).toBe(before);
    await closeEachMinute(books.worker, new Date(closedAt.getTime() + 60_000));
    expect(await count()).toBe(before + 1);
  });

  it('comes after the one before, is never changed, and is made by nobody but its function', async () => {
    const { closedAt, lastJournal } = await close();
    const row = { closedAt: new Date(closedAt.getTime() + 1000), lastJournal };
    for (const role of ['web', 'worker'] as const)
      await expect(books[role].ledgerClose.create({ data: row })).rejects.toSatisfy(
        (error) => sqlStateOf(error) === '42501',
      );
    for (const wrong of [
      { ...row, closedAt },
      { ...row, lastJournal: lastJournal - 1n },
    ])
      await expect(books.owner.ledgerClose.create({ data: wrong })).rejects.toThrow();
    await expect(
      books.owner.ledgerClose.updateMany({ data: { lastJournal: lastJournal + 1n } }),
    ).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS001');
    expect(valueOf(await closeAt(books.web, closedAt)).lastJournal).toBe(lastJournal);
  });
});
