/** What a bank takes back of earlier entries: nobody else pays for it, and no other account waits for it. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { bookBankEntries } from '#lib/ledger/bank/book-bank-entries.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { failing } from '#lib/operations/worker/loop.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { importStatement } from '../bank/import-statement.ts';
import { recordBankAccount } from '../bank/record-account.ts';
import type { StatementEntry } from '../statements/statement.ts';
import {
  bytesOf,
  otherIban,
  sampleEntry,
  sampleIban,
  sampleStatement,
} from '../statements/testing/samples.ts';
import { approve, credit, debit, raise, type Raise } from './testing/press-correction.ts';

const suspense = 'suspense/bank/EUR';
const missing = 'missing/bank/EUR';
const client = 'client/C-20418/EUR';
const ibans = { 'clients-1': sampleIban, 'clients-2': otherIban };
type AccountName = keyof typeof ibans;

let desk: AfterGenesis;
let worker: Database;
let entries = 0;
const told: Record<AccountName, { statements: number; closing: bigint }> = {
  'clients-1': { statements: 0, closing: 0n },
  'clients-2': { statements: 0, closing: 0n },
};

beforeAll(async () => {
  desk = await openAfterGenesis();
  worker = desk.database.connect('worker');
  await desk.owner.client.create({ data: { id: 'C-20418' } });
  const facts = { institution: 'Sample Bank of the Danube', bic: 'SABDATW1', segregated: true };
  for (const [id, iban] of Object.entries(ibans)) {
    const opened = { id, iban, openedOn: '2025-01-02', ...facts };
    valueOf(await recordBankAccount(desk.founders[0].actor, opened, desk.context));
  }
});
afterAll(async () => {
  const faults = await findLedgerFaults(desk.owner);
  await desk.database.drop();
  if (faults.length > 0) throw new Error(faults.join('\n'));
});
beforeEach(() => desk.context.passTime(1_000));

/** The next statement of an account, imported only. */
async function imports(account: AccountName, said: Partial<StatementEntry>[]): Promise<bigint> {
  const of = told[account];
  of.statements += 1;
  const from = Date.now() - (30 - of.statements) * 86_400_000;
  const day = new Date(from).toISOString().slice(0, 10);
  const lines = said.map((entry) => {
    entries += 1;
    const dated = { bookingDate: day, valueDate: day, reference: `R-${entries}` };
    return sampleEntry({ ...dated, remittance: 'No name', endToEnd: null, ...entry });
  });
  const statement = sampleStatement({
    iban: ibans[account],
    id: `S-${of.statements}`,
    sequence: of.statements,
    from: day,
    to: day,
    opening: of.closing,
    entries: lines,
  });
  of.closing = statement.closing;
  const file = { account, format: 'camt.053', bytes: bytesOf(renderCamt(statement)) };
  const imported = await importStatement(desk.founders[0].actor, file, desk.context);
  return BigInt(valueOf(imported).statement);
}

/** The next statement of the first account, imported and booked. */
async function bankSays(...said: Partial<StatementEntry>[]): Promise<void> {
  const id = await imports('clients-1', said);
  await bookBankEntries(worker, desk.context.clock(), new Turns());
  expect(
    await desk.owner.bankStatementBooked.count({ where: { statementId: id } }),
    'it is booked',
  ).toBe(1);
}

const recall = (endToEnd: string | null, amount: bigint) => ({
  endToEnd,
  amount: -amount,
  isReversal: true,
});
/** Debits less credits. */
async function balanceOf(id: string): Promise<bigint> {
  const row = await desk.owner.account.findUnique({ where: { id } });
  return row ? unitsOf(row.debits) - unitsOf(row.credits) : 0n;
}
async function correct(wanted: Raise): Promise<void> {
  const [ada, ben] = desk.founders;
  const { correction } = valueOf(await raise(ada, wanted, desk.context));
  valueOf(await approve(ben, correction, desk.context));
}
const newest = async () =>
  (await desk.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;

it('a recall of what a client was credited is missing', async () => {
  await bankSays({ amount: 5_000n }, { amount: 10_000n, remittance: 'C-20418', endToEnd: 'PAY-C' });
  await bankSays(recall('PAY-C', 10_000n));
  expect(await balanceOf(suspense), 'others lose nothing').toBe(-5_000n);
  expect(await balanceOf(client)).toBe(-10_000n);
  expect(await balanceOf(missing)).toBe(10_000n);
});

it('a recall of another amount than the entry’s, or of none that is named, is missing', async () => {
  await bankSays({ amount: 5_000n, endToEnd: 'PAY-J' });
  const [owed, gone] = [await balanceOf(suspense), await balanceOf(missing)];
  await bankSays(recall('PAY-J', 4_999n), recall('PAY-J', 5_001n), recall(null, 5_000n));
  expect(await balanceOf(suspense)).toBe(owed);
  expect(await balanceOf(missing)).toBe(gone + 15_000n);
  await bankSays(recall('PAY-J', 5_000n));
  expect(await balanceOf(suspense)).toBe(owed + 5_000n);
  expect(await balanceOf(missing)).toBe(gone + 15_000n);
});

it('a statement that cannot be booked keeps no other account waiting, rests, and is shown until it is', async () => {
  const stuck = await imports('clients-1', [{ amount: 100n }]);
  const next = await imports('clients-2', [{ amount: 200n }]);
  const { owner, context } = desk;
  await owner.$executeRawUnsafe(
    `alter table bank_booking add constraint stuck check (statement_id <> ${stuck}) not valid`,
  );
  const booked = (statementId: bigint) =>
    owner.bankStatementBooked.count({ where: { statementId } });
  const turns = new Turns();
  const none = new Turns();
  const shown = () => failing({ bookings: turns, carrier: none, expiry: none, duties: none });
  await bookBankEntries(worker, context.clock(), turns);
  expect([await booked(stuck), await booked(next)]).toEqual([0, 1]);
  for (const rest of [1_100, 2_100]) {
    context.passTime(rest);
    // The second look comes in its rest and tries nothing.
    for (let look = 0; look < 2; look += 1) await bookBankEntries(worker, context.clock(), turns);
  }
  expect(turns.troubles()).toMatchObject([{ name: 'clients-1', failures: 3 }]);
  expect(shown()).toEqual(['entries of bank account clients-1']);
  await owner.$executeRaw`alter table bank_booking drop constraint stuck`;
  context.passTime(4_100);
  await bookBankEntries(worker, context.clock(), turns);
  expect(await booked(stuck)).toBe(1);
  expect(shown()).toEqual([]);
});

it('what was given away beyond the entry that a correction names is taken from nobody else by a recall', async () => {
  await bankSays({ amount: 10_000n, endToEnd: 'PAY-P1' });
  const named = await newest();
  await bankSays({ amount: 10_000n, endToEnd: 'PAY-P3' });
  const entry = await newest();
  const [owed, gone] = [await balanceOf(suspense), await balanceOf(missing)];
  await correct({
    lines: [debit(suspense, '200'), credit(client, '200')],
    corrects: named.toString(),
  });
  await bankSays({ amount: 10_000n, remittance: 'Somebody else’s', endToEnd: 'PAY-P5' });
  await bankSays(recall('PAY-P3', 10_000n));
  expect(await balanceOf(suspense)).toBe(owed + 20_000n - 10_000n);
  expect(await balanceOf(missing)).toBe(gone + 10_000n);
  expect(await findLedgerFaults(desk.owner)).toEqual([]);

  // Whoever books it all the same is named, until two people say that it is missing.
  const posted = await postJournal(worker, {
    key: 'bank-entry:clients-1:BEYOND',
    kind: 'bank-entry',
    operation: null,
    usesHold: false,
    lines: [
      { account: 'bank/clients-1/EUR', amount: -10_000n },
      { account: suspense, amount: 10_000n },
    ],
    corrects: entry,
    at: desk.context.clock(),
  });
  const beyond = valueOf(posted).journal.toString();
  expect(await findLedgerFaults(desk.owner)).toEqual([
    `1 journals that went out of what is owed to others, such as journal ${beyond}`,
  ]);
  await correct({ lines: [debit(missing, '100'), credit(suspense, '100')], corrects: beyond });
  expect(await findLedgerFaults(desk.owner)).toEqual([]);
});

it('what a correction that names no entry gave away may be of any, so a recall is missing by as much', async () => {
  await bankSays({ amount: 10_000n, endToEnd: 'PAY-Q' });
  await correct({ lines: [debit(suspense, '30'), credit(client, '30')] });
  const [owed, gone] = [await balanceOf(suspense), await balanceOf(missing)];
  await bankSays(recall('PAY-Q', 10_000n));
  const fromSuspense = (await balanceOf(suspense)) - owed;
  const unexplained = (await balanceOf(missing)) - gone;
  expect(fromSuspense + unexplained).toBe(10_000n);
  // What the test before left open counts as well.
  expect(unexplained).toBeGreaterThanOrEqual(3_000n);
  await correct({ lines: [debit(suspense, '1'), credit(client, '1')] });
  expect(await findLedgerFaults(desk.owner), 'what is taken later is no fault of a recall').toEqual(
    [],
  );
});
