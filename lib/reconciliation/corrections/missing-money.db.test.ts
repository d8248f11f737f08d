import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { bookBankEntries } from '#lib/ledger/bank/book-bank-entries.ts';
import { closeBooks } from '#lib/ledger/close-books.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { hledgerText } from '#lib/ledger/hledger.ts';
import { kindsAt } from '#lib/ledger/position-at.ts';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { viewLedger } from '#lib/operations/view-ledger.ts';
import { viewLedgerAccount } from '#lib/operations/view-ledger-account.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { importStatement } from '../bank/import-statement.ts';
import { recordBankAccount } from '../bank/record-account.ts';
import { answerRequest } from '../runs/answer-request.ts';
import { requestRuns } from '../runs/request-runs.ts';
import { bankSource } from '../sources/bank-source.ts';
import { centsText } from '../statements/cents.ts';
import type { StatementEntry } from '../statements/statement.ts';
import {
  bytesOf,
  sampleEntry,
  sampleIban,
  sampleStatement,
} from '../statements/testing/samples.ts';
import { viewBreak } from '../view-break.ts';
import { viewOverview } from '../view-overview.ts';
import { forgeCorrection } from './testing/forge-correction.ts';
import { approve, credit, debit, raise, type Raise } from './testing/press-correction.ts';
import { viewNewCorrection } from './view-new-correction.ts';

const suspense = 'suspense/bank/EUR';
const missing = 'missing/bank/EUR';
const account = 'clients-1';

let desk: AfterGenesis;
let worker: Database;
let statements = 0;
let entries = 0;
let closing = 0n;

beforeAll(async () => {
  desk = await openAfterGenesis();
  worker = desk.database.connect('worker');
  await desk.owner.client.create({ data: { id: 'C-20418' } });
  const facts = { institution: 'Sample Bank of the Danube', bic: 'SABDATW1', segregated: true };
  const opened = { id: account, iban: sampleIban, openedOn: '2025-01-02', ...facts };
  valueOf(await recordBankAccount(ada().actor, opened, desk.context));
  await bankSays({ amount: 100_000n, remittance: 'C-20418' });
});
afterAll(async () => {
  const faults = await findLedgerFaults(desk.owner);
  await desk.database.drop();
  if (faults.length > 0) throw new Error(faults.join('\n'));
});
beforeEach(() => desk.context.passTime(1_000));

const ada = () => desk.founders[0];
const ben = () => desk.founders[1];

/** The next statement of the account, imported and booked. */
async function bankSays(...said: Partial<StatementEntry>[]): Promise<void> {
  statements += 1;
  const from = Date.now() - (30 - statements) * 86_400_000;
  const day = new Date(from).toISOString().slice(0, 10);
  const told = said.map((entry) => {
    entries += 1;
    const dated = { bookingDate: day, valueDate: day, reference: `R-${entries}` };
    return sampleEntry({ ...dated, remittance: 'No name', endToEnd: null, ...entry });
  });
  const statement = sampleStatement({
    id: `S-${statements}`,
    sequence: statements,
    from: day,
    to: day,
    opening: closing,
    entries: told,
  });
  ({ closing } = statement);
  const bytes = bytesOf(renderCamt(statement));
  const file = { account, format: 'camt.053', bytes };
  valueOf(await importStatement(ada().actor, file, desk.context));
  for (let pass = 0; pass < 2; pass += 1)
    await bookBankEntries(worker, desk.context.clock(), new Turns());
}

/** Debits less credits. */
async function balanceOf(id: string): Promise<bigint> {
  const row = await desk.owner.account.findUnique({ where: { id } });
  return row ? unitsOf(row.debits) - unitsOf(row.credits) : 0n;
}
const newest = () => desk.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });
const positions = async () => valueOf(await viewLedger(ada().actor, { after: null }, desk.context));
const form = async (given: Record<string, string>) =>
  valueOf(await viewNewCorrection(ada().actor, given, desk.context));
async function correct(wanted: Raise) {
  const { correction } = valueOf(await raise(ada(), wanted, desk.context));
  return valueOf(await approve(ben(), correction, desk.context));
}
const madeGoodBy = (debited: string, amount: string, corrects: string | null = null): Raise => ({
  lines: [debit(debited, amount), credit(missing, amount)],
  corrects,
});

/** What the worker's comparison of all places leaves open. */
async function compareAll() {
  const { owner, context } = desk;
  const { clock } = context;
  context.passTime(1_000);
  const id = await inTransaction(worker, (tx) =>
    requestRuns(tx, 'all', { who: 'schedule' }, clock()),
  );
  const sources = [bankSource({ db: worker })];
  await answerRequest({ id, wanted: 'all', placesDone: 0 }, { db: worker, clock, sources });
  expect(await owner.reconciliationRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'done',
  });
  const open = await owner.breakRecord.findMany({ where: { state: { not: 'closed' } } });
  return open.map(({ id: found, kind, amount }) => ({
    id: found,
    kind,
    amount: amount.toFixed(0),
  }));
}

it('a fee of the bank lowers nothing that is owed, and every page and proof shows clients’ money short by it', async () => {
  await bankSays({ amount: 90_000n }, { amount: -1_250n, remittance: 'Account fee' });
  expect(await balanceOf(suspense)).toBe(-90_000n);
  expect(await balanceOf(missing)).toBe(1_250n);
  const ledger = await positions();
  expect(ledger.assets).toMatchObject([
    {
      asset: 'EUR',
      owed: '1,000.00',
      unattributed: '900.00',
      missing: '12.50',
      atBanks: '1,887.50',
      difference: '−12.50',
      cover: 'short',
    },
  ]);
  expect(ledger.others).toContainEqual({
    account: missing,
    kind: 'missing',
    asset: 'EUR',
    balance: '12.50',
  });
  const { coverage } = valueOf(await viewOverview(ada().actor, desk.context));
  expect(coverage).toMatchObject([
    { owed: '1,900.00', missing: '12.50', there: '1,887.50', difference: '−12.50', cover: 'short' },
  ]);
  const close = await closeBooks(worker);
  const lastJournal = close?.lastJournal ?? 0n;
  const sums = (kinds: string[]) => kindsAt(worker, { kinds, lastJournal });
  expect(await sums(['client', 'suspense'])).toEqual([{ asset: 'EUR', amount: -190_000n }]);
  expect(await sums(['bank', 'in-transit'])).toEqual([{ asset: 'EUR', amount: 188_750n }]);
  const page = await viewLedgerAccount(
    ada().actor,
    { account: missing, before: null },
    desk.context,
  );
  expect(valueOf(page)).toMatchObject({ isCredit: false, balance: '12.50' });
  const texts: string[] = [];
  for await (const text of hledgerText(worker, (units) => units.toString())) texts.push(text);
  expect(texts.join('')).toContain('missing:bank:EUR  1250 "EUR" = 1250 "EUR"');
});

it('a fee is a break of what is owed until our own payment makes it good, under four eyes', async () => {
  const open = await compareAll();
  expect(open).toMatchObject([{ kind: 'liabilities', amount: '-1250' }]);
  const [found] = open;
  expect(valueOf(await viewBreak(ada().actor, found?.id ?? '', desk.context))).toMatchObject({
    goneUnexplained: { account: missing, amount: '12.50' },
  });
  const before = await form({ break: found?.id ?? '' });
  expect(before).toMatchObject({
    corrects: null,
    missing: { account: missing, amount: '12.50', payment: null },
  });
  expect(before.lines[0], 'nobody’s money is offered for it').toEqual(debit('', '12.50'));

  await bankSays({ amount: 1_250n, remittance: 'Own funds for the fee' });
  const { id: payment } = await newest();
  expect((await positions()).assets[0], 'money that arrived is owed as well').toMatchObject({
    unattributed: '912.50',
    difference: '−12.50',
  });
  const offered = await form({ break: found?.id ?? '' });
  expect(offered).toMatchObject({
    lines: [debit(suspense, '12.50'), credit(missing, '12.50')],
    corrects: payment.toString(),
    missing: { payment: payment.toString() },
  });
  await correct({ lines: offered.lines, corrects: offered.corrects, break: found?.id ?? null });
  expect(await balanceOf(missing)).toBe(0n);
  expect((await positions()).assets[0]).toMatchObject({ missing: null, cover: 'equal' });
  expect(await compareAll()).toEqual([]);
  expect(await desk.owner.breakRecord.findUnique({ where: { id: found?.id ?? '' } })).toMatchObject(
    { closedBy: 'correction' },
  );
});

it('no more is made good than is missing, by whoever asks', async () => {
  await bankSays({ amount: -200n });
  const refused = await raise(ada(), madeGoodBy(suspense, '2.01'), desk.context);
  expect(refused).toMatchObject({ refusal: { code: 'missing-exceeded' } });
  expect(!refused.ok && refused.refusal.sentence).toContain('where 2.00 EUR are missing');
  const { journalId } = await desk.owner.posting.findFirstOrThrow({
    where: { accountId: suspense, amount: '-90000' },
  });
  const given = madeGoodBy(suspense, '1.50', journalId.toString());
  const [first, second] = [
    valueOf(await raise(ada(), given, desk.context)).correction,
    valueOf(await raise(ada(), given, desk.context)).correction,
  ];
  const answers = await Promise.all([first, second].map((id) => approve(ben(), id, desk.context)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'missing-exceeded' } });
  await correct(madeGoodBy('own-expense/losses/EUR', '0.50'));
  expect(await balanceOf(missing)).toBe(0n);
  const past = {
    lines: [
      { account: suspense, amount: 1n },
      { account: missing, amount: -1n },
    ],
    keys: [ada().key, ben().key] as const,
  };
  await expect(forgeCorrection([ada(), ben()], past, desk.context)).rejects.toThrow(
    'missing-exceeded',
  );
});

it('what a bank paid out for a client is taken from that client, as two people say', async () => {
  await bankSays({ amount: -30_000n, remittance: 'Payment to C-20418' });
  expect(await balanceOf('client/C-20418/EUR'), 'no text takes from a client').toBe(-100_000n);
  const { id } = await newest();
  const offered = await form({ journal: id.toString() });
  expect(offered).toMatchObject({ corrects: id.toString(), lines: [debit('', '300.00'), {}] });
  const lines = offered.lines.map((line) =>
    line.account === '' ? { ...line, account: 'client/C-20418/EUR' } : line,
  );
  await correct({ lines, corrects: offered.corrects });
  expect(await balanceOf('client/C-20418/EUR')).toBe(-70_000n);
  expect(await balanceOf(missing)).toBe(0n);
});

it('what the bank takes back comes out of suspense as far as the entry still lies there, and is missing beyond', async () => {
  const owed = await balanceOf(suspense);
  await bankSays({ amount: 50_000n, endToEnd: 'PAY-1' }, { amount: 70_000n, endToEnd: 'PAY-2' });
  const { id: second } = await newest();
  const given: Raise = {
    lines: [debit(suspense, '400'), credit('client/C-20418/EUR', '400')],
    corrects: second.toString(),
  };
  await correct(given);
  await bankSays(
    { amount: -50_000n, endToEnd: 'PAY-1', isReversal: true },
    { amount: -70_000n, endToEnd: 'PAY-2', isReversal: true },
    { amount: -50_000n, endToEnd: 'PAY-1', isReversal: true },
    { amount: -100n, endToEnd: 'PAY-9', isReversal: true },
    { amount: -100n, endToEnd: 'PAY-2' },
  );
  expect(await balanceOf(suspense), 'others lose nothing').toBe(owed);
  expect(await balanceOf(missing)).toBe(40_000n + 50_000n + 100n + 100n);
  expect(await raise(ada(), { ...given, lines: given.lines }, desk.context)).toMatchObject({
    refusal: { code: 'entry-taken' },
  });
  expect(
    (await compareAll()).map(({ kind }) => kind),
    'the bank’s own entries match',
  ).toEqual(['liabilities']);
  expect(await findLedgerFaults(desk.owner)).toEqual([]);
});

/** What a version of before would have booked, which the posting function takes no more. @returns the journal. */
const bookAsBefore = (): Promise<bigint> =>
  inTransaction(desk.owner, async (tx) => {
    const lines = [
      { account: 'bank/clients-1/EUR', amount: -700 },
      { account: suspense, amount: 700 },
    ];
    const [row] = await tx.$queryRaw<{ id: bigint }[]>`
      insert into journal (idempotency_key, kind, content_digest)
        values ('bank-entry:clients-1:OF-BEFORE', 'bank-entry', repeat('0', 64)) returning id`;
    if (!row) throw new Error('The journal was not written.');
    await tx.$executeRaw`
      with l as (select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x(account text, amount numeric)),
        moved as (update account a set debits = debits + greatest(l.amount, 0), credits = credits + greatest(-l.amount, 0),
            version = version + 1
          from l where l.account = a.id returning a.id, a.asset, l.amount, a.debits - a.credits as balance)
      insert into posting (journal_id, line, account_id, asset, amount, balance)
        select ${row.id}, row_number() over (), id, asset, amount, balance from moved`;
    return row.id;
  });

it('books of before that took it from suspense are named, until a correction says that it is missing', async () => {
  const journal = (await bookAsBefore()).toString();
  expect(await findLedgerFaults(desk.owner)).toEqual([
    `1 journals that went out of what is owed to others, such as journal ${journal}`,
  ]);
  const gone = await balanceOf(missing);
  const { lines, corrects } = await form({ journal });
  expect(lines).toEqual([credit(suspense, '7.00'), debit(missing, '7.00')]);
  await correct({ lines, corrects });
  expect(await balanceOf(missing)).toBe(gone + 700n);
  const { id: putBack } = await newest();
  const { suspense: offered } = await form({ account: suspense });
  expect(offered?.entries.length).toBeGreaterThan(0);
  expect(
    offered?.entries.filter((entry) => entry.journal === putBack.toString()),
    'it is nobody’s to be given away',
  ).toEqual([]);
  const page = await viewLedgerAccount(
    ada().actor,
    { account: suspense, before: null },
    desk.context,
  );
  const line = valueOf(page).lines.find(({ journal: of }) => of === putBack.toString());
  expect(line).toMatchObject({ change: '7.00', rest: null });
  expect(await findLedgerFaults(desk.owner)).toEqual([]);
});

/**
 * Books the fee of 12.50 anew, as a worker of before, or a hostile one, would; nothing of it stays.
 * @returns what the database says.
 */
async function bookOtherwise(corrects: bigint | null): Promise<unknown> {
  const took = inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`alter table bank_booking disable trigger append_only`;
    const [row] = await tx.$queryRaw<{ statement: bigint; position: number; reference: string }[]>`
      delete from bank_booking b using bank_entry e
        where e.statement_id = b.statement_id and e.position = b.position and e.amount = -1250
        returning b.statement_id as statement, b.position, e.reference`;
    if (!row) throw new Error('There is no such entry.');
    await tx.$executeRaw`alter table journal disable trigger all`;
    const key = `bank-entry:${account}:${row.reference}`;
    await tx.$executeRaw`update journal set idempotency_key = 'moved' where idempotency_key = ${key}`;
    const posted = await postJournal(tx, {
      key,
      kind: 'bank-entry',
      operation: null,
      usesHold: false,
      lines: [
        { account: 'bank/clients-1/EUR', amount: -1_250n },
        { account: suspense, amount: 1_250n },
      ],
      corrects,
      at: desk.context.clock(),
    });
    await tx.bankBooking.create({
      data: {
        statementId: row.statement,
        position: row.position,
        journalId: valueOf(posted).journal,
        clientId: null,
        cause: 'went-out',
        bookedAt: desk.context.clock(),
      },
    });
    throw new Error('It was taken.');
  });
  return took.catch((error: unknown) => error);
}

it('the database takes no booking of an entry that goes out of what is owed to others', async () => {
  const refused = (said: unknown) => {
    expect(sqlStateOf(said)).toBe('CS002');
    expect(String(said)).toContain('is not taken from what is owed to others');
  };
  const posted = await bookOtherwise(null);
  expect(sqlStateOf(posted)).toBe('CS002');
  expect(String(posted)).toContain('takes from suspense');
  const { journalId: entry } = await desk.owner.posting.findFirstOrThrow({
    where: { accountId: suspense, amount: '-90000' },
  });
  expect(String(await bookOtherwise(entry)), 'of an entry that is there').toContain('was taken');
  const stands = -(await balanceOf(suspense));
  const most = { account: suspense, side: 'debit' as const, amount: centsText(stands - 1_249n) };
  await correct({ lines: [most, { ...most, account: 'client/C-20418/EUR', side: 'credit' }] });
  refused(await bookOtherwise(entry));
});
