import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks([]);
});
afterAll(() => closeBooks(books));

it('the worker can post no correction under a signed one’s key that nobody raised and approved', async () => {
  const posting = inTransaction(books.worker, (tx) =>
    postJournal(tx, {
      key: `correction:${randomUUID()}`,
      kind: 'correction',
      operation: null,
      usesHold: false,
      lines: [
        { account: 'vault/warm-1/SOL', amount: 1n },
        { account: 'suspense/deposits/SOL', amount: -1n },
      ],
      corrects: null,
      at: new Date(),
    }),
  );
  expect(sqlStateOf(await posting.catch((error: unknown) => error))).toBe('CS002');
  expect(await books.owner.journal.count()).toBe(0);
});
