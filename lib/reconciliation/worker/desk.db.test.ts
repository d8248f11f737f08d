import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { missedDays } from '../runs/missed-days.ts';
import { requestRuns } from '../runs/request-runs.ts';
import { ReconciliationDesk } from './desk.ts';

let books: Books;
let now = Date.parse('2026-11-27T10:00:00.000Z');
const clock = () => new Date(now);
const hour = 3_600_000;
/** More than the desk waits between two looks at what is due. */
const aWhile = 20_000;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  await deposit(books, 'C-1001', 5n);
});
afterAll(() => closeBooks(books));

/**
 * Without a chain or a bank, what the books answer alone is left. The clock of these tests stands far from the
 * database's, whose owner alone may write what is dated so.
 */
const openDesk = () => new ReconciliationDesk({ db: books.owner, clock, sources: [] });

async function lookTwice(desk: ReconciliationDesk): Promise<void> {
  for (let look = 0; look < 2; look += 1) {
    await desk.look();
    await desk.settled();
    now += aWhile;
  }
}
const runs = () => books.worker.reconciliationRun.count();
const states = async () =>
  (await books.worker.reconciliationRequest.findMany({ orderBy: { requestedAt: 'asc' } })).map(
    ({ startedBy, state }) => `${startedBy} ${state}`,
  );

describe('the desk of the worker', () => {
  it('asks for what is due once a day, and for nothing that is not', async () => {
    const desk = openDesk();
    await lookTwice(desk);
    await lookTwice(desk);
    expect([await runs(), await states()]).toEqual([1, ['schedule done']]);
    now += 24 * hour;
    await lookTwice(desk);
    expect(await runs()).toBe(2);
  });

  it('answers what a person asks for, whatever is due', async () => {
    await inTransaction(books.owner, (tx) => requestRuns(tx, 'all', { who: 'command' }, clock()));
    await lookTwice(openDesk());
    expect(await runs()).toBe(3);
    expect(await states()).toContain('command done');
  });

  it('says of a place that is not there that there is nothing to compare', async () => {
    const wanted = 'chain/SOL/nowhere';
    await inTransaction(books.owner, (tx) => requestRuns(tx, wanted, { who: 'command' }, clock()));
    await lookTwice(openDesk());
    const request = await books.worker.reconciliationRequest.findFirst({ where: { wanted } });
    expect(request).toMatchObject({ state: 'failed' });
    expect(request?.fault).toMatch(/nothing to compare/);
  });

  it('goes on with what a worker left that is gone', async () => {
    const id = await inTransaction(books.owner, (tx) =>
      requestRuns(tx, 'all', { who: 'command' }, clock()),
    );
    await books.owner.reconciliationRequest.update({
      where: { id },
      data: { state: 'running', placesTotal: 1 },
    });
    await lookTwice(openDesk());
    const request = await books.worker.reconciliationRequest.findUnique({ where: { id } });
    expect(request).toMatchObject({ state: 'done', placesDone: 1 });
  });

  it('leaves a mark on each day without a run, today among them', async () => {
    const missed = await inSnapshot(books.worker, (tx) => missedDays(tx, clock()));
    expect(missed('liabilities/SOL/all')).toEqual([]);
    const late = new Date(now + 2 * 24 * hour);
    const later = await inSnapshot(books.worker, (tx) => missedDays(tx, late));
    expect(later('liabilities/SOL/all')).toEqual(['2026-11-30', '2026-11-29']);
    expect(later('chain/SOL/never-seen'), 'and on a place that never had one').toEqual([
      '2026-11-30',
    ]);
  });

  it('takes the same wish twice, while it waits, for one', async () => {
    const ask = () =>
      inTransaction(books.owner, (tx) => requestRuns(tx, 'all', { who: 'command' }, clock()));
    expect(await ask()).toBe(await ask());
    await lookTwice(openDesk());
  });
});
