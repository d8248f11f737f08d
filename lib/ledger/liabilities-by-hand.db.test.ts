import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { postJournal, type NewJournal } from './post-journal.ts';
import { postUnknownAsset } from './post-unknown-asset.ts';
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
const missing = 'missing/bank/SOL';
const unknown = 'UNKAAAAAAAAA';

/** As a worker in hostile hands would. */
const book = (
  kind: NewJournal['kind'],
  [from, to]: readonly [string, string],
  operation: string | null = null,
  corrects: bigint | null = null,
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
    corrects,
    at: new Date(),
  });

it.each([
  ['deposit', [one, two]],
  ['bank-entry', [one, two]],
  ['network-fee', [one, warm]],
  ['own-funds', [one, 'own-equity/own-funds/SOL']],
  ['deposit', [suspense, two]],
  ['bank-entry', [suspense, 'suspense/bank/SOL']],
  ['deposit', [suspense, missing]],
  ['deposit', [suspense, warm]],
  ['own-funds', [suspense, 'own-equity/own-funds/SOL']],
  ['bank-entry', [suspense, 'bank/clients-1/SOL']],
  ['bank-entry', ['bank/clients-1/SOL', missing]],
  ['own-funds', ['own-asset/fee-payer/SOL', missing]],
  ['own-funds', [missing, 'own-equity/own-funds/SOL']],
  ['deposit', [missing, warm]],
  ['deposit', [`suspense/warm-1/${unknown}`, `own-equity/own-funds/${unknown}`]],
  ['deposit', [`suspense/warm-1/${unknown}`, `vault/hot-1/${unknown}`]],
  ['deposit', [`suspense/warm-1/${unknown}`, `missing/bank/${unknown}`]],
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

it('what a bank takes back of an entry goes to no account of our own', async () => {
  const { id: corrects } = await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const own = book('bank-entry', [suspense, 'own-income/fees/SOL'], null, corrects);
  expect(sqlStateOf(await own.catch((error: unknown) => error))).toBe('CS002');
});

it('a token that is not known and left its vault is owed there no more', async () => {
  const moved = (change: bigint, slot: bigint) =>
    postUnknownAsset(books.worker, {
      chain: 'solana:sandbox',
      vault: 'warm-1',
      asset: unknown,
      change,
      slot,
      at: new Date(),
    });
  expect(await moved(100n, 1n)).toMatchObject({ ok: true });
  expect(await moved(-40n, 2n)).toMatchObject({ ok: true });
});
