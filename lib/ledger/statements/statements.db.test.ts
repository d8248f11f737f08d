import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { closeBooks as closePosition, type Close } from '../close-books.ts';
import {
  asset,
  carryToChain,
  closeBooks,
  confirm,
  deposit,
  openBooks,
  raise,
  reject,
  type Books,
} from '../testing/books.ts';
import { endBatch } from './end-batch.ts';
import { orderQuarter } from './order-batch.ts';
import { readStatement } from './read-statements.ts';
import { issuedRow } from './record.ts';
import { RenderPool } from './render-pool.ts';
import { renderStatement } from './render.ts';
import { runBatch } from './run-batch.ts';
import { scopeOf, type StatementScope } from './scope.ts';

let books: Books;
let scope: StatementScope;
let pool: RenderPool;
const first = 'C-1001';
const clients = Array.from({ length: 120 }, (_, place) => `C-${1001 + place}`);
const sent = randomUUID();
const waiting = randomUUID();
const decimalsOf = () => 9;

beforeAll(async () => {
  books = await openBooks([...clients, 'C-9999']);
  pool = new RenderPool(2);
  for (const client of clients) await deposit(books, client, 1_000_000_000n);
  await raise(books, sent, first, 250_000_000n);
  await carryToChain(books, sent);
  await confirm(books, sent, first, 250_000_000n);
  await raise(books, waiting, first, 100_000_000n);
  scope = await scopeUpTo(await close());
});
afterAll(async () => {
  await pool.close();
  await closeBooks(books);
});

async function close(): Promise<Close> {
  const closed = await closePosition(books.worker);
  if (!closed) throw new Error('Journals were being written.');
  return closed;
}

async function scopeUpTo({ closedAt }: Close): Promise<StatementScope> {
  const from = new Date(closedAt.getTime() - 90 * 86_400_000);
  const found = valueOf(await scopeOf(books.web, { from, to: closedAt }));
  if (!found) throw new Error('The books had begun.');
  return found;
}

async function statementOf(client: string, of = scope) {
  const content = await readStatement(books.web, of, client, { decimalsOf });
  if (!content) throw new Error('This is no long statement.');
  return content;
}

describe('a statement of position', () => {
  it('says every movement with the instruction behind it, and what is set aside apart', async () => {
    const { assets, pending, opened } = await statementOf(first);
    const operation = async (id: string) =>
      (await books.owner.operation.findUniqueOrThrow({ where: { id } })).number;
    expect(opened).toBeNull();
    expect(assets).toHaveLength(1);
    expect(assets[0]).toMatchObject({
      asset,
      opening: '0',
      received: '1000000000',
      sent: '250000000',
      closing: '750000000',
    });
    expect(assets[0]?.movements).toMatchObject([
      { kind: 'deposit', operation: null, amount: '1000000000', balance: '1000000000' },
      {
        kind: 'withdrawal',
        operation: await operation(sent),
        counterparty: 'elsewhere',
        amount: '-250000000',
        balance: '750000000',
      },
    ]);
    expect(pending).toMatchObject([{ operation: await operation(waiting), amount: '100000000' }]);
  });

  it('is the same bytes whatever is booked, held or released after its close', async () => {
    const before = await renderStatement(await statementOf(first));
    await deposit(books, first, 5n);
    await raise(books, randomUUID(), first, 3n);
    await reject(books, waiting);
    await close();
    const after = await renderStatement(await statementOf(first));
    expect(after.contentDigest).toBe(before.contentDigest);
    expect(Buffer.compare(after.pdf, before.pdf)).toBe(0);
    expect(Buffer.compare(after.csv, before.csv)).toBe(0);
  });

  it('begins where the one before ended', async () => {
    const next = await scopeUpTo(await close());
    const later = await statementOf(first, { ...next, from: scope.to, opened: scope.close });
    expect(later.assets[0]).toMatchObject({ opening: '750000000', closing: '750000005' });
    expect(later.assets[0]?.movements).toHaveLength(1);
    expect(later.pending).toMatchObject([{ amount: '3' }]);
  });

  it('of a client nothing was ever recorded for holds nothing', async () => {
    expect(await statementOf('C-9999')).toMatchObject({ assets: [], pending: [] });
  });
});

describe('closes of a period', () => {
  it('are not there before the books are closed up to its end', async () => {
    const to = new Date(Date.now() + 86_400_000);
    expect(await scopeOf(books.web, { from: scope.from, to })).toMatchObject({
      refusal: { code: 'not-closed-yet' },
    });
  });

  it('are none where the books began after it', async () => {
    const to = new Date(scope.to.getTime() - 86_400_000);
    expect(valueOf(await scopeOf(books.web, { from: scope.from, to }))).toBeNull();
  });

  it('cannot be made up: the database knows each', async () => {
    const content = await statementOf(first);
    const { contentDigest, pdfDigest, csvDigest } = await renderStatement(content);
    const row = issuedRow({
      content,
      digests: { contentDigest, pdfDigest, csvDigest },
      scope: { ...scope, close: { ...scope.close, lastJournal: scope.close.lastJournal + 1n } },
      batch: null,
      reason: 'request',
      by: 'worker',
      at: new Date(),
    });
    const error: unknown = await books.web.positionStatement
      .create({ data: row })
      .catch((thrown: unknown) => thrown);
    expect(sqlStateOf(error)).toBe('CS002');
  });
});

describe('a batch', () => {
  const quarter = '2026-Q3';
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-statements-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A batch over the period of these tests, since no quarter is over in which their books were kept. */
  async function ordered() {
    return books.worker.statementBatch.create({
      data: {
        id: randomUUID(),
        name: quarter,
        periodFrom: scope.from,
        periodTo: scope.to,
        closedAt: scope.close.closedAt,
        lastJournal: scope.close.lastJournal,
        clients: clients.length,
        orderedBy: 'worker',
        orderedAt: new Date(),
      },
    });
  }
  const run = (over: Partial<Parameters<typeof runBatch>[2]> = {}) => ({
    pool,
    decimalsOf,
    clock: () => new Date(),
    by: 'worker',
    folder: null,
    ...over,
  });

  it('is refused for a quarter that is not over, that the books are younger than, or that is none', async () => {
    const order = (of: string, at = new Date()) =>
      orderQuarter(books.web, { quarter: of, by: 'system', at });
    expect(await order('2999-Q1')).toMatchObject({ refusal: { code: 'not-closed-yet' } });
    expect(await order('2001-Q1')).toMatchObject({ refusal: { code: 'before-the-books' } });
    expect(await order('2026-Q5')).toMatchObject({ refusal: { code: 'no-quarter' } });
  });

  it('makes one statement for each client, goes on where it was cut short, and ends once', async () => {
    const batch = await ordered();
    const cut = new AbortController();
    await expect(
      runBatch(books.worker, batch, run({ signal: cut.signal, onProgress: () => cut.abort() })),
    ).rejects.toThrow();
    const where = { batchId: batch.id };
    const had = await books.worker.positionStatement.count({ where });
    expect(had).toBeGreaterThan(0);

    const told: number[] = [];
    const onProgress = (done: number) => void told.push(done);
    expect(await runBatch(books.worker, batch, run({ folder, onProgress }))).toEqual([]);
    expect(told.at(-1)).toBe(clients.length);
    const rows = await books.worker.positionStatement.findMany({
      where,
      orderBy: { clientId: 'asc' },
    });
    expect(rows.map(({ clientId }) => clientId)).toEqual(clients);
    expect(await readdir(folder)).toHaveLength(2 * clients.length);

    for (let twice = 0; twice < 2; twice += 1)
      await endBatch(books.worker, { batch: batch.id, leftOut: [], at: new Date() });
    const end = await books.worker.statementBatchEnd.findUniqueOrThrow({
      where: { batchId: batch.id },
    });
    expect(end.issued).toBe(clients.length);
    const entries = await books.web.auditEntry.findMany({ where: { subject: batch.id } });
    expect(entries.map(({ kind }) => kind)).toEqual(['position-statements-issued']);
    expect(
      valueOf(await orderQuarter(books.web, { quarter, by: 'system', at: new Date() })),
    ).toEqual({
      batch: batch.id,
      isNew: false,
    });
  });

  it('writes again only files that are missing or were changed, the same bytes', async () => {
    const batch = await books.worker.statementBatch.findUniqueOrThrow({ where: { name: quarter } });
    const [one = '', other = '', kept = ''] = (await readdir(folder)).toSorted();
    const bytes = await readFile(join(folder, one));
    await rm(join(folder, one));
    await writeFile(join(folder, other), 'something else');
    const again = await readFile(join(folder, kept));
    await runBatch(books.web, batch, run({ folder }));
    expect(Buffer.compare(await readFile(join(folder, one)), bytes)).toBe(0);
    expect(await readFile(join(folder, other), 'utf8')).not.toBe('something else');
    expect(Buffer.compare(await readFile(join(folder, kept)), again)).toBe(0);
  });
});
