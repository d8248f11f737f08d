/** A bank that carried a payment of a person is told to them as a recipient, and no other bank. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { clientId, openPackagesDesk, type PackagesDesk } from '../testing/package-desk.ts';
import { subjectOf } from '../collect/system.ts';
import { loadBanks } from './load-banks.ts';

let desk: PackagesDesk;
const account = `client/${clientId}/EUR`;
const tables = [
  'account',
  'journal',
  'posting',
  'bank_account',
  'bank_statement',
  'bank_entry',
  'bank_booking',
];

beforeAll(async () => {
  desk = await openPackagesDesk();
  const { owner } = desk;
  for (const table of tables)
    await owner.$executeRawUnsafe(`alter table ${table} disable trigger all`);
  await owner.$executeRaw`insert into account (id, kind, asset, client_id)
    values (${account}, 'client', 'EUR', ${clientId})`;
  await owner.$executeRaw`
    insert into journal (id, idempotency_key, kind, content_digest)
    values (900001, 'bank 1', 'bank-entry', ${'a'.repeat(64)})`;
  await owner.$executeRaw`
    insert into posting (journal_id, line, account_id, asset, amount, balance)
    values (900001, 1, ${account}, 'EUR', -100, -100)`;
  await owner.$executeRaw`
    insert into bank_account (id, institution, bic, iban, currency, segregated, opened_on, recorded_by, recorded_at)
    values ('first', 'First Bank', 'FIRSDEFF', 'DE89370400440532013000', 'EUR', true, '2026-01-01', 'p-aaaaaaaaaa', now()),
      ('second', 'Second Bank', 'SECODEFF', 'DE02120300000000202051', 'EUR', true, '2026-01-01', 'p-aaaaaaaaaa', now())`;
  await owner.$executeRaw`
    insert into bank_statement (id, account_id, bank_id, sequence, from_day, to_day, opening, closing, entry_count, format,
      file_digest, file_bytes, imported_by, imported_at)
    values (900001, 'first', 'S1', 1, '2026-01-01', '2026-01-02', 0, 100, 1, 'camt.053', ${'b'.repeat(64)}, 1, 'p-aaaaaaaaaa', now())`;
  await owner.$executeRaw`
    insert into bank_entry (statement_id, position, account_id, line, amount, booking_day, reference, is_reversal, payments, commitment)
    values (900001, 1, 'first', 1, 100, '2026-01-02', 'R1', false, 1, ${'c'.repeat(64)})`;
  await owner.$executeRaw`
    insert into bank_booking (statement_id, position, journal_id, client_id, cause, booked_at)
    values (900001, 1, 900001, ${clientId}, 'client', now())`;
});
afterAll(() => desk.close());

const banksOf = async (person: string) =>
  (await inTransaction(desk.worker, async (tx) => loadBanks(tx, await subjectOf(tx, person)))).map(
    ({ name }) => name,
  );

it('names the bank of a booked payment, to who is the client alone', async () => {
  expect(await banksOf(desk.subject)).toEqual(['First Bank (FIRSDEFF)']);
  expect(await banksOf(desk.other)).toEqual([]);
});
