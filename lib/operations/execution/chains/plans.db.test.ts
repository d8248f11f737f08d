/** How the database finds what a new transaction must not clash with: by indexes, however many there were. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';

/** The plan is the same from here on; `npm run test:long` looks at a million. */
const COUNT = process.env['COUNTERSIGN_LONG_TESTS'] === undefined ? 20_000 : 1_000_000;
const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const ethereum = 'eip155:31337';

let database: TestDatabase;
let owner: Database;

/** Payments of four vaults on Bitcoin, and as many transfers of fifty accounts on Ethereum, one a minute. */
beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.connect('owner', { statementTimeoutMs: 600_000 });
  await owner.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe('set local session_replication_role = replica');
      await tx.$executeRawUnsafe(`
        insert into operation (id, number, kind, intent, digest, state, state_changed_at, raised_by, raised_at,
            roster_version, policy_version, policy_rule, needs, expires_at, vault_id)
          select id, 'CP-2026-' || lpad(n::text, 7, '0'), 'proof-of-control', intent,
            encode(sha256(convert_to(intent, 'UTF8')), 'hex'), 'confirmed', now(), 'p-aaaaaaaaaa', now(), 1, 1, 'all',
            '[]', now(), 'vault-' || n % 4
          from (
            select n, id, json_build_object('kind', 'proof-of-control', 'operation', id)::text as intent
              from (select n, gen_random_uuid() as id from generate_series(1, ${2 * COUNT}) n) ids) made`);
      await tx.$executeRawUnsafe(`
        insert into chain_transaction (id, operation_id, attempt, chain, message, conflict_key, txid, raw, phase, slot,
            created_at, confirmed_at)
          select gen_random_uuid(), o.id, 1, case when n % 2 = 0 then '${bitcoin}' else '${ethereum}' end, '\\x01',
            case when n % 2 = 0 then '${bitcoin}:' || md5(n::text) || ':0'
              else '${ethereum}:nonce:0x' || lpad((n % 100)::text, 40, '0') || ':' || n / 100 end,
            md5(n::text), '\\x01', 'confirmed', n, now() - n * interval '1 minute', now() - n * interval '1 minute'
          from (select id, row_number() over () as n from operation) o`);
    },
    { timeout: 600_000 },
  );
  await owner.$executeRawUnsafe('vacuum (analyze) operation, chain_transaction');
}, 900_000);
afterAll(() => database.drop());

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  Plans?: Node[];
};

async function scansOf(sql: string): Promise<{ type: string; rows: number }[]> {
  const [row] = await owner.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
    `explain (analyze, format json) ${sql}`,
  );
  const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)];
  return (row?.['QUERY PLAN'] ?? [])
    .flatMap(({ Plan }) => walk(Plan))
    .filter((node) => node['Relation Name'] === 'chain_transaction')
    .map((node) => ({ type: node['Node Type'], rows: node['Actual Rows'] ?? 0 }));
}

it('the newest 200 confirmed payments of a vault are read without looking through all', async () => {
  const [scan, ...more] = await scansOf(`
    select t.raw from chain_transaction t left join operation o on o.id = t.operation_id
      where t.chain = '${bitcoin}' and t.phase = 'confirmed' and o.vault_id = 'vault-2' and o.id is not null
      order by t.confirmed_at desc limit 200 offset 0`);
  expect(more).toEqual([]);
  expect(scan?.type).toBe('Index Scan');
  // Every second payment on the chain is the vault's.
  expect(scan?.rows).toBeLessThan(1_000);
});

it('the newest 50 transfers of an account are read without those of any other', async () => {
  const account = `0x${'7'.padStart(40, '0')}`;
  const scans = await scansOf(`
    select conflict_key from chain_transaction
      where conflict_key::text like '${ethereum}:nonce:${account}:%' and phase in ('confirmed', 'failed')
        and slot is not null
      order by created_at desc limit 50 offset 0`);
  expect(scans.map(({ type }) => type).filter((type) => type.includes('Seq'))).toEqual([]);
  expect(scans.length).toBeGreaterThan(0);
  for (const { rows } of scans) expect(rows).toBeLessThanOrEqual((2 * COUNT) / 100);
});

it('the payments of the newest hundred blocks are read without those of any older one', async () => {
  const scans = await scansOf(`
    select id, slot from chain_transaction
      where chain = '${bitcoin}' and phase = 'confirmed' and slot > ${COUNT - 100} and slot <= ${COUNT}
      order by slot desc limit 2000 offset 0`);
  expect(scans.map(({ type }) => type).filter((type) => type.includes('Seq'))).toEqual([]);
  expect(scans.length).toBeGreaterThan(0);
  for (const { rows } of scans) expect(rows).toBeLessThanOrEqual(100);
});
