import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { openEntryTexts } from '#lib/ledger/bank/entry-text.ts';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { bookBankEntries } from '#lib/ledger/bank/book-bank-entries.ts';
import { viewJournal } from '#lib/operations/view-journal.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { Turns } from '#lib/operations/worker/turns.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { renderCamt, renderCsv, type Rendered } from '#lib/sandbox/banks/render-statement.ts';
import { csvLayouts } from '../statements/csv-layouts.ts';
import {
  bytesOf,
  otherIban,
  sampleEntry,
  sampleIban,
  sampleStatement,
} from '../statements/testing/samples.ts';
import { importStatement } from './import-statement.ts';
import { listBankAccounts } from './list-bank-accounts.ts';
import { recordBankAccount } from './record-account.ts';
import { viewBankAccount } from './view-bank-account.ts';
import { viewBankStatement } from './view-bank-statement.ts';

let desk: AfterGenesis;
let worker: Database;
const [first, second, third] = ['clients-1', 'clients-2', 'clients-3'] as const;
const thirdIban = 'DE67999000000087654321';

beforeAll(async () => {
  desk = await openAfterGenesis();
  worker = desk.database.connect('worker');
  desk.context.passTime(4 * 86_400_000);
  await desk.owner.client.createMany({ data: [{ id: 'C-20418' }, { id: 'C-20977' }] });
});
afterAll(() => desk.database.drop());

const officer = () => desk.founders[0].actor;
const record = (id: string, iban: string, changes: Record<string, unknown> = {}) =>
  recordBankAccount(
    officer(),
    {
      id,
      iban,
      institution: 'Sample Bank of the Danube',
      bic: 'SABDATW1',
      segregated: true,
      openedOn: '2025-01-02',
      ...changes,
    },
    desk.context,
  );
const take = (account: string, statement: Rendered, text = renderCamt(statement)) =>
  importStatement(officer(), { account, format: 'camt.053', bytes: bytesOf(text) }, desk.context);
const counts = async () => ({
  statements: await desk.owner.bankStatement.count(),
  entries: await desk.owner.bankEntry.count(),
  texts: await desk.owner.bankEntryText.count(),
  audited: await desk.owner.auditEntry.count({ where: { kind: 'statement-imported' } }),
});
const balanceOf = async (id: string): Promise<string | null> => {
  const row = await desk.owner.account.findUnique({ where: { id } });
  return row && (unitsOf(row.debits) - unitsOf(row.credits)).toString();
};
/** Books all there is, however many passes it takes. */
async function bookAll(): Promise<void> {
  for (let pass = 0; pass < 100; pass += 1) {
    await bookBankEntries(worker, desk.context.clock(), new Turns());
    if ((await desk.owner.bankStatement.count({ where: { booked: null } })) === 0) return;
  }
  throw new Error('Something is never booked.');
}

it('an account is put on record once, by an officer, with an IBAN that checks', async () => {
  valueOf(await record(first, sampleIban));
  valueOf(await record(second, otherIban));
  valueOf(await record(third, thirdIban, { segregated: false }));
  const again = await Promise.all([record(first, sampleIban), record('other', sampleIban)]);
  for (const refused of again)
    expect(refused).toMatchObject({ refusal: { code: 'account-on-record' } });
  for (const changes of [
    { iban: 'AT129990000001234501' },
    { bic: 'x' },
    { openedOn: '2026-02-30' },
    { openedOn: '2099-01-01' },
    { id: 'new' },
    { id: 'A b' },
    { institution: '' },
    { more: 1 },
  ])
    expect(await record('fresh', 'LU679990000001234567', changes)).toMatchObject({
      refusal: { code: 'form-invalid' },
    });
  const { entries } = await auditOf(desk.owner, { subject: first });
  expect(entries[0]).toMatchObject({ kind: 'bank-account-recorded', facts: { iban: sampleIban } });
});

it('nobody but an officer imports or records', async () => {
  const reader = { ...officer(), scopes: scopesOf(['administrator', 'manager', 'auditor', 'dpo']) };
  const file = {
    account: first,
    format: 'camt.053',
    bytes: bytesOf(renderCamt(sampleStatement())),
  };
  for (const refused of [
    await importStatement(reader, file, desk.context),
    await recordBankAccount(reader, {}, desk.context),
  ])
    expect(refused).toMatchObject({ refusal: { code: 'not-allowed' } });
});

it('a file that is not right is refused with its line, and nothing of it is kept', async () => {
  const before = await counts();
  const good = renderCamt(sampleStatement());
  const files: [string, string][] = [
    ['truncated', good.slice(0, -20)],
    ['wrong-account', renderCamt(sampleStatement({ iban: otherIban }))],
    ['wrong-currency', renderCamt(sampleStatement({ currency: 'USD' }))],
    ['balance-differs', renderCamt(sampleStatement({ closing: 1n }))],
    ['doctype', good.replace('<Document', '<!DOCTYPE x><Document')],
    ['in-the-future', renderCamt(sampleStatement({ to: '2099-12-24' }))],
  ];
  for (const [code, text] of files) {
    const refused = await take(first, sampleStatement(), text);
    expect(refused).toMatchObject({ refusal: { code } });
    expect(!refused.ok && refused.refusal.sentence).toMatch(/^Line \d+/);
  }
  for (const input of [
    null,
    {},
    { account: first, format: 'mt940', bytes: bytesOf(good) },
    { account: first, format: 'csv', bytes: good },
  ])
    expect(await importStatement(officer(), input, desk.context)).toMatchObject({
      refusal: { code: 'form-invalid' },
    });
  expect(await take('nowhere', sampleStatement())).toMatchObject({
    refusal: { code: 'account-unknown' },
  });
  expect(await counts()).toEqual(before);
});

it('of the same file given five times at once one is imported, with one audit entry', async () => {
  const given = await Promise.all(Array.from({ length: 5 }, () => take(first, sampleStatement())));
  expect(given.filter(({ ok }) => ok)).toHaveLength(1);
  for (const result of given) if (!result.ok) expect(result.refusal.code).toBe('already-imported');
  // The two entries of the file, and what stood on the account before.
  expect(await counts()).toEqual({ statements: 1, entries: 3, texts: 3, audited: 1 });
  const { entries } = await auditOf(desk.owner, { subject: first });
  expect(entries[0]).toMatchObject({
    kind: 'statement-imported',
    actor: officer().personId,
    facts: { sequence: 231, entries: 2, closing: '123950' },
  });
});

const next = (changes: Partial<Rendered> = {}) =>
  sampleStatement({
    id: 'STMT-2026-232',
    sequence: 232,
    from: '2026-11-27',
    to: '2026-11-28',
    opening: 123_950n,
    entries: [
      sampleEntry({
        bookingDate: '2026-11-27',
        reference: 'R-232-1',
        remittance: 'C-99999',
        amount: 700n,
      }),
      sampleEntry({
        bookingDate: '2026-11-28',
        reference: 'R-232-2',
        remittance: 'C-20418',
        amount: 300n,
        isReversal: true,
      }),
    ],
    ...changes,
  });

it('what does not follow the last statement is refused, and of two that do one is imported', async () => {
  const wrong: [string, Partial<Rendered>][] = [
    ['id-used', { id: 'STMT-2026-231' }],
    ['sequence-repeated', { sequence: 231 }],
    ['sequence-gap', { sequence: 233 }],
    ['period-overlaps', { from: '2026-11-26' }],
    ['opening-differs', { opening: 123_951n }],
    ['entry-imported', { entries: [sampleEntry({ bookingDate: '2026-11-27' })] }],
  ];
  for (const [code, changes] of wrong)
    expect(await take(first, next(changes))).toMatchObject({ refusal: { code } });
  const rivals = await Promise.all([take(first, next()), take(first, next({ id: 'OTHER' }))]);
  expect(rivals.filter(({ ok }) => ok)).toHaveLength(1);
});

it('each entry becomes one journal, to its client, to suspense or to what is missing, however often it is looked at', async () => {
  await bookAll();
  await bookAll();
  expect(await balanceOf('bank/clients-1/EUR')).toBe('124950');
  expect(await balanceOf('client/C-20418/EUR')).toBe('-25000');
  // The bank's fee of 10.50 lowers what is owed to nobody.
  expect(await balanceOf('suspense/bank/EUR')).toBe('-101000');
  expect(await balanceOf('missing/bank/EUR')).toBe('1050');
  const bookings = await desk.owner.bankBooking.findMany({
    orderBy: [{ statementId: 'asc' }, { position: 'asc' }],
  });
  expect(bookings.map(({ cause }) => cause)).toEqual([
    'brought-forward',
    'client',
    'went-out',
    'client-unknown',
    'reversal',
  ]);
  expect(await desk.owner.journal.count({ where: { kind: 'bank-entry' } })).toBe(5);
  const credited = bookings[1];
  const journal = await viewJournal(officer(), String(credited?.journalId), desk.context);
  expect(valueOf(journal).bankEntry, 'where the statement says it').toEqual({
    account: first,
    statement: String(credited?.statementId),
    reference: 'BANKREF-0001',
    day: '2026-11-26',
  });
  expect(await findLedgerFaults(desk.owner)).toEqual([]);
});

it('amounts of 27 digits come through file, database, journal and page to the last cent', async () => {
  const amount = 123_456_789_012_345_678_901_234_567n;
  const statement = sampleStatement({
    iban: otherIban,
    opening: 0n,
    entries: [sampleEntry({ amount, remittance: 'C-20977' })],
  });
  const imported = valueOf(
    await importStatement(
      officer(),
      {
        account: second,
        format: 'csv-german',
        bytes: bytesOf(renderCsv(statement, csvLayouts['csv-german'])),
      },
      desk.context,
    ),
  );
  await bookAll();
  expect(await balanceOf('client/C-20977/EUR')).toBe(`-${amount}`);
  const view = valueOf(
    await viewBankStatement(officer(), { ...imported, after: null }, desk.context),
  );
  const shown = '1,234,567,890,123,456,789,012,345.67';
  expect(view).toMatchObject({ closing: shown, opening: '0.00', isBooked: true });
  expect(view.entries).toMatchObject([
    { amount: shown, booking: { client: 'C-20977', cause: 'client' } },
  ]);
});

it('a statement of hundreds of entries is imported whole, booked over several passes and read page by page', async () => {
  const entries = Array.from({ length: 603 }, (_, index) =>
    sampleEntry({
      reference: `R-${index}`,
      amount: BigInt(index + 1),
      remittance: `C-20418 ${index}`,
    }),
  );
  const imported = valueOf(
    await take(third, sampleStatement({ iban: thirdIban, opening: 0n, entries })),
  );
  expect(imported.entries).toBe(603);
  await bookBankEntries(worker, desk.context.clock(), new Turns());
  expect(
    await desk.owner.bankBooking.count({ where: { statementId: BigInt(imported.statement) } }),
  ).toBe(250);
  await bookAll();
  expect(await balanceOf('bank/clients-3/EUR')).toBe(String((603 * 604) / 2));
  let after: string | null = null;
  const references: (string | null)[] = [];
  do {
    const page: { entries: { reference: string | null }[]; next: string | null } = valueOf(
      await viewBankStatement(officer(), { ...imported, after }, desk.context),
    );
    references.push(...page.entries.map(({ reference }) => reference));
    after = page.next;
  } while (after !== null);
  expect(references).toEqual(entries.map(({ reference }) => reference));
  expect(await findLedgerFaults(desk.owner)).toEqual([]);
});

const daysSince = (day: string): number =>
  Math.floor((desk.context.clock().getTime() - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);

it('the pages say what bank and books stand at, how old that is, and whether money is kept apart', async () => {
  const { accounts, mayWrite } = valueOf(await listBankAccounts(officer(), desk.context));
  expect(mayWrite).toBe(true);
  expect(accounts).toMatchObject([
    {
      id: first,
      bankBalance: '1,249.50',
      ledgerBalance: '1,249.50',
      isEqual: true,
      ageDays: daysSince('2026-11-28'),
      waiting: 0,
    },
    { id: second, isEqual: true, segregated: true },
    {
      id: third,
      isEqual: true,
      segregated: false,
      last: { sequence: 231, to: '2026-11-27' },
      ageDays: daysSince('2026-11-27'),
    },
  ]);
  const view = valueOf(
    await viewBankAccount(officer(), { account: first, before: null }, desk.context),
  );
  expect(view.statements.map(({ sequence, isBooked }) => [sequence, isBooked])).toEqual([
    [232, true],
    [231, true],
  ]);
  const reader = { ...officer(), scopes: scopesOf(['dpo']) };
  for (const refused of [
    await listBankAccounts(reader, desk.context),
    await viewBankAccount(reader, { account: first, before: null }, desk.context),
    await viewBankStatement(reader, { account: first, statement: '1', after: null }, desk.context),
  ])
    expect(refused).toMatchObject({ refusal: { code: 'not-allowed' } });
  for (const statement of ['0', '-1', 'x', '999', '9'.repeat(30)])
    expect(
      await viewBankStatement(officer(), { account: first, statement, after: null }, desk.context),
    ).toMatchObject({ refusal: { code: 'statement-unknown' } });
});

it('an entry keeps a commitment to what its payer wrote, and the words stand sealed beside it, for good', async () => {
  const entry = await desk.owner.bankEntry.findFirstOrThrow({
    where: { accountId: first, reference: 'BANKREF-0001' },
    include: { text: true },
  });
  if (!entry.text) throw new Error('There is no text.');
  expect(entry.text.commitment).toBe(entry.commitment);
  const [text] = await openEntryTexts([entry.text]);
  expect(text?.remittance).not.toBe('');
  const where = {
    statementId_position: { statementId: entry.statementId, position: entry.position },
  };
  const rewrite = desk.owner.bankEntryText.update({
    where,
    data: { sealed: Buffer.alloc(100, 1), redacted: 'ab'.repeat(32) },
  });
  await expect(rewrite).rejects.toSatisfy((error) => sqlStateOf(error) === 'CS002');
});

it('the database itself keeps statements and bookings true, whoever writes', async () => {
  const { owner } = desk;
  const states = async (sql: string): Promise<string | null> =>
    owner.$executeRawUnsafe(sql).then(
      () => null,
      (error: unknown) => sqlStateOf(error),
    );
  const columns = `account_id, bank_id, sequence, from_day, to_day, opening, closing, entry_count, previous_id, format,
    file_digest, file_bytes, imported_by, imported_at`;
  const row = (id: string, opening: number, closing: number, entries: number, previous: string) =>
    `insert into bank_statement (${columns}) values ('${first}', '${id}', 233, '2026-11-28', '2026-11-28', ${opening},
      ${closing}, ${entries}, ${previous}, 'csv', encode(sha256('${id}'), 'hex'), 1, 'p-x', now())`;
  const last = `(select max(id) from bank_statement where account_id = '${first}')`;
  expect(await states(row('a', 124_950, 1, 0, last)), 'it must add up').toBe('CS002');
  expect(await states(row('b', 124_950, 124_950, 1, last)), 'entries must be there').toBe('CS002');
  expect(await states(row('c', 1, 1, 0, last)), 'it must go on from the last').toBe('CS002');
  expect(await states(row('d', 0, 0, 0, 'null')), 'there is one first').toBe('23505');
  expect(
    await states(`insert into bank_entry (statement_id, position, account_id, line, amount, booking_day, reference,
      is_reversal, payments, commitment) values (${last}, 9, '${first}', 1, 1, now(), 'late', false, 1, repeat('a', 64))`),
    'no entry comes later',
  ).toBe('CS002');
  expect(
    await states(`insert into bank_booking select statement_id, 9, journal_id + 1, null, 'went-out', now()
      from bank_booking limit 1`),
    'a booking is of an entry by its own journal',
  ).toBe('CS002');
  for (const table of [
    'bank_account',
    'bank_statement',
    'bank_entry',
    'bank_booking',
    'bank_statement_booked',
  ]) {
    expect(await states(`delete from ${table}`), table).toBe('CS001');
    expect(await states(`truncate ${table} cascade`), table).toBe('CS001');
  }
  expect(await states('update bank_entry set amount = amount + 1')).toBe('CS001');
});
