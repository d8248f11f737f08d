/** What reading costs as the books grow: a client's page, and adding everything up again. */
import pg from 'pg';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { clientAccount } from '../accounts.ts';
import { accountStatement, clientBalances } from '../queries.ts';
import { recomputeBalances } from '../recompute-balances.ts';
import { BENCH_ASSET, fillBooks } from './fill.ts';

export type ReadingBench = {
  /** Milliseconds of a client's balance and newest movements, with few and with many lines on record. */
  balancePage: { small: number[]; large: number[]; smallLines: number; largeLines: number };
  /** Milliseconds of computing every balance anew, and of one pass over the lines. */
  reconcile: { ours: number[]; scan: number[]; accounts: number; heapGrowthKb: number };
};

const PAGES = 300;
const PASSES = 3;
const FIRST = 5_000_000_000;
const WATCHED = { first: FIRST, clients: 1_000, linesEach: 100 };
const OTHERS = { first: FIRST + WATCHED.clients, clients: 999_000, linesEach: 10 };

async function pages(db: Database): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const client = `C-${FIRST + ((page * 7919) % WATCHED.clients)}`;
    const before = performance.now();
    const [balances, movements] = [
      await clientBalances(db, { client }),
      await accountStatement(db, { account: clientAccount(client, BENCH_ASSET), limit: 50 }),
    ];
    times.push(performance.now() - before);
    if (balances.length !== 1 || movements.lines.length !== 50)
      throw new Error('A page of the bench is not whole.');
  }
  return times;
}

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, value: T]> {
  const before = performance.now();
  const value = await work();
  return [performance.now() - before, value];
}

async function reconcile(db: Database, pool: pg.Pool): Promise<ReadingBench['reconcile']> {
  const ours: number[] = [];
  const scan: number[] = [];
  let accounts = 0;
  const heap = process.memoryUsage().heapUsed;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const [scanMs] = await timed(() => pool.query('select sum(amount) from posting'));
    scan.push(scanMs);
    const [ms, found] = await timed(() => recomputeBalances(db));
    if (found.differing > 0) throw new Error('The books of the bench do not agree.');
    ours.push(ms);
    accounts = found.accounts;
  }
  const heapGrowthKb = (process.memoryUsage().heapUsed - heap) / 1024;
  return { ours, scan, accounts, heapGrowthKb };
}

/** Fills the database with some ten million lines; takes minutes. */
export async function benchReading(options: {
  ownerUrl: string;
  workerUrl: string;
  report: (line: string) => void;
  signal?: AbortSignal;
}): Promise<ReadingBench> {
  const { ownerUrl, workerUrl, report, signal } = options;
  const db = databaseFor(workerUrl, { poolSize: 2, statementTimeoutMs: 600_000 });
  const pool = new pg.Pool({ connectionString: workerUrl, max: 1 });
  pool.on('error', () => undefined);
  const count = async (): Promise<number> => {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from posting');
    return rows[0]?.n ?? 0;
  };
  try {
    await fillBooks(ownerUrl, WATCHED);
    const smallLines = await count();
    await pages(db);
    const small = await pages(db);
    report('ten million lines …');
    signal?.throwIfAborted();
    await fillBooks(ownerUrl, OTHERS);
    const largeLines = await count();
    signal?.throwIfAborted();
    await pages(db);
    const large = await pages(db);
    report('all balances anew …');
    return {
      balancePage: { small, large, smallLines, largeLines },
      reconcile: await reconcile(db, pool),
    };
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}
