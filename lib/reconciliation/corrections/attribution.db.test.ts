import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { closeBooks, deposit, type Books } from '#lib/ledger/testing/books.ts';
import { openCorrectionDesk } from './testing/correction-desk.ts';
import {
  approve,
  credit,
  debit,
  raise,
  type Raise,
  type Signer,
} from './testing/press-correction.ts';
import { viewCorrection } from './view-correction.ts';
import { viewNewCorrection } from './view-new-correction.ts';

const sol = 1_000_000_000n;
const suspense = 'suspense/deposits/SOL';
const other = 'client/C-1002/SOL';

let books: Books;
let web: TestContext;
let ada: Signer;
let ben: Signer;

beforeAll(async () => {
  ({ books, web, ada, ben } = await openCorrectionDesk(['C-1002', 'C-1003']));
});
// It says what is wrong with the books, if anything is.
afterAll(() => closeBooks(books));
beforeEach(() => web.passTime(1_000));

/** One SOL that nobody has claimed, to be given to C-1002. */
const attribution = (): Raise => ({ lines: [debit(suspense, '1'), credit(other, '1')] });
const raised = async (wanted: Raise) => valueOf(await raise(ada, wanted, web)).correction;
const balanceOf = async (name: string) => {
  const [found] = await clientBalances(books.owner, { client: name });
  return found?.posted;
};
const newestJournal = async () =>
  (await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } })).id.toString();

it('an amount that nobody had claimed is given away once', async () => {
  await deposit(books, null, sol);
  const [first, second] = [await raised(attribution()), await raised(attribution())];
  valueOf(await approve(ben, first, web));
  expect(await approve(ben, second, web)).toMatchObject({
    refusal: { code: 'suspense-short' },
  });
});

it('an attribution takes 27 digits from the form to the balance, to the last of them', async () => {
  const units = 123_456_789_012_345_678_123_456_789n;
  const amount = '123456789012345678.123456789';
  await deposit(books, null, units);
  const before = BigInt((await balanceOf('C-1003')) ?? 0);
  const lines = [debit(suspense, amount), credit('client/C-1003/SOL', amount)];
  const id = await raised({ lines });
  const view = valueOf(await viewCorrection(ben.actor, id, web));
  const shown = '123,456,789,012,345,678.123456789';
  expect(view.lines.map(({ debit: left, credit: right }) => left ?? right)).toEqual([shown, shown]);
  valueOf(await approve(ben, id, web));
  expect(BigInt((await balanceOf('C-1003')) ?? 0) - before).toBe(units);
});

it('an attribution starts from any entry of a suspense account, however many came in since', async () => {
  await deposit(books, null, 7n);
  const first = await newestJournal();
  for (let later = 0; later < 25; later += 1) await deposit(books, null, 1n);
  const { line } = await books.owner.posting.findFirstOrThrow({
    where: { journalId: BigInt(first), accountId: suspense },
  });
  const from = (entry: string) =>
    viewNewCorrection(ada.actor, { account: suspense, entry }, web).then(valueOf);
  const older = await from(`${first}_${line}`);
  expect(older.suspense?.entries[0]).toMatchObject({ journal: first, isChosen: true });
  expect(older.lines[0]).toMatchObject({ account: suspense, amount: '0.000000007' });
  expect(older.corrects, 'the two pages tell of each other').toBe(first);
  const taken = await raised({
    lines: [debit(suspense, '0.000000007'), credit(other, '0.000000007')],
    corrects: first,
  });
  const { journal } = valueOf(await approve(ben, taken, web));
  const again = await from(`${first}_${line}`);
  expect(again.suspense?.entries[0]?.correctedBy, 'so that nobody gives it away twice').toEqual([
    journal,
  ]);
  const none = await from(`${first}_${line + 1}`);
  expect(none.suspense?.entries.some(({ isChosen }) => isChosen)).toBe(false);
  expect(none.lines[0]?.amount).toBe('');
});
