import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { postJournal, type NewJournal } from './post-journal.ts';
import { closeBooks, deposit, openBooks, raise, type Books } from './testing/books.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks(['C-1001', 'C-1002']);
  await deposit(books, 'C-1001', 1_000n);
  await deposit(books, null, 1_000n);
});
// It says what is wrong with the books, if anything is.
afterAll(() => closeBooks(books));

const one = 'client/C-1001/SOL';
const two = 'client/C-1002/SOL';
const suspense = 'suspense/deposits/SOL';
const warm = 'vault/warm-1/SOL';

/** As a worker in hostile hands would. */
const book = (
  kind: NewJournal['kind'],
  [from, to]: readonly [string, string],
  operation: string | null = null,
) =>
  postJournal(books.worker, {
    key: randomUUID(),
    kind,
    operation,
    usesHold: operation !== null,
    lines: [
      { account: from, amount: 100n },
      { account: to, amount: -100n },
    ],
    corrects: null,
    at: new Date(),
  });

it.each([
  ['deposit', [one, two]],
  ['bank-entry', [one, two]],
  ['network-fee', [one, warm]],
  ['own-funds', [one, 'own-equity/own-funds/SOL']],
  ['deposit', [suspense, two]],
  ['bank-entry', [suspense, 'suspense/bank/SOL']],
] as const)('a journal of kind %s does not move what is owed: %j', async (kind, accounts) => {
  const before = await books.owner.journal.count();
  const answer = await book(kind, accounts).catch((error: unknown) => error);
  expect(sqlStateOf(answer)).toBe('CS002');
  expect(await books.owner.journal.count()).toBe(before);
});

it('a withdrawal takes from its client, and gives it to no other', async () => {
  const id = randomUUID();
  expect(await raise(books, id, 'C-1001', 100n)).toBe(true);
  expect(
    sqlStateOf(await book('withdrawal', [one, two], id).catch((error: unknown) => error)),
  ).toBe('CS002');
  expect(
    sqlStateOf(await book('withdrawal', [one, suspense], id).catch((error: unknown) => error)),
  ).toBe('CS002');
});
