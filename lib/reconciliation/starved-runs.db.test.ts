/** What a console in hostile hands can do to what runs find, short of the worker's own role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { applyDifferences } from './breaks/apply-differences.ts';
import { compare } from './matching/compare.ts';
import { inputsOf, itemOf } from './matching/testing/make-inputs.ts';
import { recordedRun } from './testing/recorded-run.ts';

const SOL = 1_000_000_000n;

let books: Books;

beforeAll(async () => {
  books = await openBooks([]);
});
afterAll(() => books.database.drop());

/** A run that finds 2 SOL gone by one transaction. */
async function findGone(txid: string): Promise<void> {
  const items = [itemOf(txid, -2n * SOL, { transaction: txid })];
  const inputs = { ...inputsOf('chain', [], items), at: new Date().toISOString() };
  const run = await recordedRun(books.worker, inputs);
  await inTransaction(books.worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}

const breakOf = (txid: string) =>
  books.owner.breakRecord.findFirst({ where: { subject: `transaction:${txid}` } });
const incidentsOf = (number: string) =>
  books.owner.incidentRecord.count({ where: { title: { startsWith: number } } });

describe('a shortfall beyond the limit', () => {
  it('is a break and stops its asset also when its incident cannot be opened', async () => {
    const { owner } = books;
    // As if somebody had taken every number that comes.
    await owner.$executeRaw`
      insert into incident_record (id, number, what, title, opened_at, opened_by)
      select gen_random_uuid(), 'INC-' || to_char(now() at time zone 'UTC', 'YYYY') || '-' || lpad(g::text, 6, '0'),
          'freeze', 'Nothing', now(), 'system' from generate_series(1, 50) g`;
    await findGone('tx-untold');
    const found = await breakOf('tx-untold');
    expect(found).toMatchObject({ state: 'open', overLimit: true });
    expect(await incidentsOf(found?.number ?? '')).toBe(0);
    expect(await owner.outboxEvent.findMany({ where: { subject: found?.id ?? '' } })).toMatchObject(
      [{ kind: 'break-over-limit', facts: { incident: null } }],
    );
    await owner.$executeRaw`select setval('incident_number', 50)`;
    await findGone('tx-told');
    expect(await incidentsOf((await breakOf('tx-told'))?.number ?? '')).toBe(1);
  });
});
