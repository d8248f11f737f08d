import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import { creditSeen } from '#lib/ledger/deposits/credit-seen.ts';
import { seeDeposit } from '#lib/ledger/deposits/see-deposit.ts';
import { closeBooks, deposit, type Books } from '#lib/ledger/testing/books.ts';
import { viewJournal } from '#lib/operations/view-journal.ts';
import { viewLedgerAccount } from '#lib/operations/view-ledger-account.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { typedLine } from './suggest.ts';
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
import { withdrawCorrection } from './withdraw-correction.ts';

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
  expect(again.suspense?.entries[0], 'so that nobody gives it away twice').toMatchObject({
    takenBy: [journal],
    left: null,
  });
  expect(again.lines.map(({ amount }) => amount)).toEqual(['', '']);
  const none = await from(`${first}_${line + 1}`);
  expect(none.suspense?.entries.some(({ isChosen }) => isChosen)).toBe(false);
  expect(none.lines[0]?.amount).toBe('');
});

it('only the rest of an entry is offered, and what waits in open corrections is told where it is', async () => {
  await deposit(books, null, 9n * sol);
  const journal = await newestJournal();
  const { line } = await books.owner.posting.findFirstOrThrow({
    where: { journalId: BigInt(journal), accountId: suspense },
  });
  const entry = `${journal}_${line}`;
  const part = (amount: string) =>
    raised({ lines: [debit(suspense, amount), credit(other, amount)], corrects: journal });
  const form = async () => {
    const view = valueOf(await viewNewCorrection(ada.actor, { account: suspense, entry }, web));
    return { first: view.lines[0], entry: view.suspense?.entries.find((one) => one.isChosen) };
  };
  const account = async () => {
    const view = valueOf(
      await viewLedgerAccount(ada.actor, { account: suspense, before: null }, web),
    );
    return view.lines.find((one) => one.journal === journal)?.rest;
  };
  const waits = await part('4.5');
  const { number } = await books.owner.ledgerCorrection.findUniqueOrThrow({ where: { id: waits } });
  const open = {
    amount: '9.000000000',
    left: '4.500000000',
    takenBy: [],
    waiting: '4.500000000',
    waitingIn: [{ id: waits, number }],
  };
  expect(await form()).toMatchObject({ first: { amount: '4.500000000' }, entry: open });
  expect(await account()).toEqual(open);
  expect(valueOf(await viewJournal(ada.actor, journal, web)).waitingIn).toEqual(open.waitingIn);

  const { journal: taken } = valueOf(await approve(ben, waits, web));
  const half = { ...open, takenBy: [taken], waiting: null, waitingIn: [] };
  expect(await form()).toMatchObject({ first: { amount: '4.500000000' }, entry: half });
  expect(valueOf(await viewJournal(ada.actor, journal, web)).waitingIn).toEqual([]);

  valueOf(await withdrawCorrection(ada.actor, { id: await part('4.5') }, web));
  expect(await account(), 'what was withdrawn takes nothing').toEqual(half);
  valueOf(await approve(ben, await part('4.5'), web));
  expect(await form()).toMatchObject({ first: { amount: '' }, entry: { left: null } });
  expect(await account()).toMatchObject({ left: null, waiting: null });
});

it('an entry is not given away a second time, though the account has enough of others', async () => {
  await deposit(books, null, 2n * sol);
  const journal = await newestJournal();
  await deposit(books, null, 9n * sol);
  const part = (amount: string): Raise => ({
    lines: [debit(suspense, amount), credit(other, amount)],
    corrects: journal,
  });
  const [first, second] = [await raised(part('1.5')), await raised(part('1.5'))];
  const answers = await Promise.all([approve(ben, first, web), approve(ben, second, web)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const refused = answers.find(({ ok }) => !ok);
  expect(refused).toMatchObject({ refusal: { code: 'entry-taken' } });
  expect(refused && !refused.ok && refused.refusal.sentence).toMatch(
    /brought 2\.000000000 SOL .* and journal \d+ took 1\.500000000 SOL of it/,
  );
  expect(await raise(ada, part('0.6'), web)).toMatchObject({ refusal: { code: 'entry-taken' } });
  valueOf(await approve(ben, await raised(part('0.5')), web));
});

it('no more of an entry is offered than the account still holds', async () => {
  await deposit(books, null, 5n * sol);
  const journal = await newestJournal();
  const { line } = await books.owner.posting.findFirstOrThrow({
    where: { journalId: BigInt(journal), accountId: suspense },
  });
  const { debits, credits } = await books.owner.account.findUniqueOrThrow({
    where: { id: suspense },
  });
  const stands = unitsOf(credits) - unitsOf(debits);
  // It names no journal, so no entry knows of it.
  const most = typedLine(suspense, stands - 2n * sol);
  const lines = [most, { ...most, account: other, side: 'credit' as const }];
  valueOf(await approve(ben, await raised({ lines }), web));
  const view = valueOf(
    await viewNewCorrection(ada.actor, { account: suspense, entry: `${journal}_${line}` }, web),
  );
  expect(view.lines[0]?.amount).toBe('2.000000000');
});

it('what came to the custodian’s own account in a vault is offered as the custodian’s own, for two people to say', async () => {
  const { owner, worker } = books;
  const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
  await owner.vault.create({
    data: { id: 'hot-1', name: 'Hot 1', tier: 'hot', chain, keyId: 'key-warm-1', address: 'bcrt1' },
  });
  const name = { chain, txid: 'ab'.repeat(32), vault: 'hot-1', place: '0' };
  const at = web.clock();
  await inTransaction(worker, async (tx) => {
    const arrival = { client: null, asset: 'BTC', amount: 250_000n, from: 'not told', at };
    valueOf(await seeDeposit(tx, { ...name, ...arrival, height: 7n, blockHash: 'cd'.repeat(32) }));
    valueOf(await creditSeen(tx, name, at));
  });
  const account = 'suspense/deposits/BTC';
  const journal = await newestJournal();
  const { line } = await owner.posting.findFirstOrThrow({
    where: { journalId: BigInt(journal), accountId: account },
  });
  const entry = `${journal}_${line}`;
  const view = (to: string | null) =>
    viewNewCorrection(ada.actor, { account, entry, to }, web).then(valueOf);
  expect((await view(null)).suspense).toMatchObject({ mayBeOwn: true, isOwn: false });
  const offered = await view('own');
  expect(offered).toMatchObject({
    corrects: journal,
    suspense: { isOwn: true },
    lines: [
      debit(account, '0.00250000'),
      credit('own-equity/own-funds/BTC', '0.00250000'),
      debit('own-asset/vault-hot-1/BTC', '0.00250000'),
      credit('vault/hot-1/BTC', '0.00250000'),
    ],
  });
  const id = await raised({ lines: offered.lines, corrects: journal });
  valueOf(await approve(ben, id, web));
  const standing = await owner.account.findMany({ where: { asset: 'BTC' } });
  expect(
    Object.fromEntries(
      standing.map(({ id: of, debits, credits }) => [of, debits.sub(credits).toNumber()]),
    ),
  ).toEqual({
    'own-asset/vault-hot-1/BTC': 250_000,
    'own-equity/own-funds/BTC': -250_000,
    'suspense/deposits/BTC': 0,
    'vault/hot-1/BTC': 0,
  });
});

it('what came to an address that all owners share is never offered as the custodian’s own', async () => {
  await deposit(books, null, 5n);
  const journal = await newestJournal();
  const { line } = await books.owner.posting.findFirstOrThrow({
    where: { journalId: BigInt(journal), accountId: suspense },
  });
  const given = { account: suspense, entry: `${journal}_${line}`, to: 'own' };
  const { suspense: shown, lines } = valueOf(await viewNewCorrection(ada.actor, given, web));
  expect(shown).toMatchObject({ mayBeOwn: false, isOwn: false });
  expect(lines).toHaveLength(2);
});
