/** How the newest deposits of a chain are found: by indexes, however many there were. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { creditedAbove } from '#lib/ledger/deposits/credited-above.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { changedAt } from '../../places-to-compare.ts';
import type { Mark } from './known-blocks.ts';
import { findGround } from './read-anew.ts';

/** What is read is the same from here on; `npm run test:long` looks at a million. */
const COUNT = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 20_000 : 1_000_000;
const chain = 'eip155:31337';

const tables = ['deposit', 'deposit_moved', 'deposit_reversal'];

let database: TestDatabase;
let owner: Database;

/** One in a block. Every 97th came to lie in the next one, every hundredth was taken back. */
beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner', { statementTimeoutMs: 600_000 });
  await inTransaction(
    owner,
    async (tx) => {
      await tx.$executeRawUnsafe('set local session_replication_role = replica');
      for (const table of tables)
        await tx.$executeRawUnsafe(`alter table ${table} disable trigger user`);
      await tx.$executeRawUnsafe(`
        insert into deposit (chain, txid, vault_id, place, asset, amount, client_id, from_address, slot, block_hash, journal_id)
          select '${chain}', md5(n::text), 'hot-1', 'value', 'ETH', 1, 'C-1001', 'somebody', n, md5(n::text), n
          from generate_series(1, ${COUNT}) n`);
      await tx.$executeRawUnsafe(`
        insert into deposit_moved (chain, txid, vault_id, place, appearance, slot, block_hash)
          select '${chain}', md5(n::text), 'hot-1', 'value', 1, n + 1, md5((n + 1)::text)
          from generate_series(97, ${COUNT}, 97) n`);
      await tx.$executeRawUnsafe(`
        insert into deposit_reversal (chain, txid, vault_id, place, appearance, journal_id, reversed_at)
          select '${chain}', md5(n::text), 'hot-1', 'value', 1, -n, now() - n * interval '1 minute'
          from generate_series(100, ${COUNT}, 100) n`);
    },
    { timeoutMs: 600_000 },
  );
  await owner.$executeRawUnsafe(`vacuum (analyze) ${tables.join(', ')}`);
}, 900_000);
afterAll(() => database.drop());

/** Rows of all three tables that scans and indexes gave to this connection's transaction so far. */
async function rowsRead(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ read: number }[]>`
    select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = any(${tables})`;
  return row?.read ?? Number.NaN;
}

const rowsReadFor = (work: (tx: Tx) => Promise<unknown>): Promise<number> =>
  inTransaction(owner, async (tx) => {
    const before = await rowsRead(tx);
    await work(tx);
    return (await rowsRead(tx)) - before;
  });

it('where nothing stands above a height, that is found out without looking through what lies below', async () => {
  const height = BigInt(COUNT + 1);
  const read = await rowsReadFor((tx) => creditedAbove(tx, { chain, height }));
  expect(read).toBeLessThan(300);
});

it('what stands above a height is found where it lies now, without what was taken back', async () => {
  const height = BigInt(COUNT - 200);
  const found = await creditedAbove(owner, { chain, height });
  const heights = found.map((one) => Number(one.height)).toSorted((one, other) => one - other);
  const expected = Array.from({ length: 200 }, (_, index) => COUNT - 199 + index)
    .filter((n) => n % 100 !== 0)
    .map((n) => (n % 97 === 0 ? n + 1 : n));
  expect(heights).toEqual(expected.toSorted((one, other) => one - other));
});

it('the newest blocks of deposits are read 500 at a time, each once and the newest first', async () => {
  const asked: Mark[][] = [];
  const read = await rowsReadFor((tx) =>
    findGround({ chain, db: tx }, (marks) => {
      asked.push([...marks]);
      return Promise.resolve(asked.length === 2 ? (marks[0] ?? null) : null);
    }),
  );
  expect(asked.map(({ length }) => length)).toEqual([500, 500]);
  const heights = asked.flat().map(({ height }) => Number(height));
  expect(heights).toEqual([...new Set(heights)].toSorted((one, other) => other - one));
  expect(read).toBeLessThan(COUNT / 4);
});

it('when a chain last took a deposit back is read off one row', async () => {
  const read = await rowsReadFor((tx) => changedAt(tx, chain));
  expect(read).toBeLessThanOrEqual(1);
});
