import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBooks, deposit, openBooks, type Books } from '../testing/books.ts';
import { StatementDesk } from './desk.ts';
import { scopeOf } from './scope.ts';

let books: Books;

beforeAll(async () => {
  books = await openBooks(['C-1001', 'C-1002', 'C-1003']);
});
afterAll(() => closeBooks(books));

/** A close of long ago, which only the owner of the schema can write. */
const closedAt = async (instant: string, lastJournal: bigint) =>
  books.owner.ledgerClose.create({ data: { closedAt: new Date(instant), lastJournal } });

it('the statements of a quarter are made by themselves once it is over, for whom the books knew then', async () => {
  await closedAt('2026-06-30T23:59:40Z', 0n);
  await closedAt('2026-07-01T00:00:20Z', 0n);
  await deposit(books, 'C-1001', 5n);
  await deposit(books, 'C-1002', 7n);
  const { id } = await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await closedAt('2026-10-01T00:00:17Z', id);
  await deposit(books, 'C-1003', 9n);

  const clock = () => new Date('2026-10-01T00:01:00Z');
  const desk = new StatementDesk({ db: books.worker, clock, decimalsOf: () => 9 });
  await desk.look();
  await desk.settled();
  await desk.look();

  const batch = await books.web.statementBatch.findFirstOrThrow({
    include: { end: true, statements: true },
  });
  expect(batch).toMatchObject({
    name: '2026-Q3',
    clients: 2,
    orderedBy: 'worker',
    lastJournal: id,
  });
  expect(batch.end).toMatchObject({ issued: 2, leftOut: [] });
  expect(
    batch.statements
      .map(({ clientId, movements, reason }) => `${clientId} ${movements} ${reason}`)
      .toSorted(),
  ).toEqual(['C-1001 1 quarterly', 'C-1002 1 quarterly']);
  expect(await scopeOf(books.web, { from: batch.periodFrom, to: batch.periodTo })).toMatchObject({
    value: { opened: { lastJournal: 0n }, close: { lastJournal: id } },
  });
}, 60_000);

it('a batch that fails shows as failing at each look, and is made by a later run', async () => {
  const { id } = await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await closedAt('2027-01-01T00:00:17Z', id);
  const clock = () => new Date('2027-01-01T00:01:00Z');
  const open = () => new StatementDesk({ db: books.worker, clock, decimalsOf: () => 9 });
  const desk = open();
  await books.owner.$executeRawUnsafe(
    'revoke insert on position_statement from countersign_worker',
  );
  try {
    await desk.look();
    await desk.settled();
    for (let time = 0; time < 3; time += 1) await expect(desk.look()).rejects.toThrow('failed');
  } finally {
    await books.owner.$executeRawUnsafe('grant insert on position_statement to countersign_worker');
    await desk.stop();
  }
  const later = open();
  await later.look();
  await later.settled();
  await later.look();
  await later.stop();
  expect(
    await books.web.statementBatchEnd.findFirst({ where: { batch: { name: '2026-Q4' } } }),
  ).toMatchObject({ issued: 3, leftOut: [] });
}, 60_000);
