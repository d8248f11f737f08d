/** Fills a database of the bench's own with books of any size and true totals. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type Filling = {
  /** Clients C-<first>, C-<first + 1> …, each with one account. */
  first: number;
  clients: number;
  /** Lines of each client: 5 credited and 2 debited, in turn. */
  linesEach: number;
};

export const BENCH_ASSET = 'SOL';
/** Lines of clients in one journal, after the vault's. */
const LINES = 10_000;

const addVault = `
  with key as (
    insert into mpc_key (id, suite, public_key, threshold, parties, operation_id)
      values ($1, 'none', $1, 2, '{a,b}', gen_random_uuid())
  ), vault as (
    insert into vault (id, name, tier, chain, key_id, address) values ($1, $1, 'warm', 'bench', $1, $1)
  )
  insert into account (id, kind, asset, vault_id) values ('vault/' || $1 || '/${BENCH_ASSET}', 'vault', '${BENCH_ASSET}', $1)`;

const addClients = `
  with added as (
    insert into client (id) select 'C-' || n from generate_series($1::bigint, $1::bigint + $2::bigint - 1) n returning id
  )
  insert into account (id, kind, asset, client_id, credits, debits, version)
    select 'client/' || id || '/${BENCH_ASSET}', 'client', '${BENCH_ASSET}', id, 5 * ceil($3::int / 2.0), 2 * ($3::int / 2), $3::int
      from added`;

const addJournals = `
  insert into journal (idempotency_key, kind, content_digest)
    select $1 || ':' || part, 'deposit', repeat('0', 64) from generate_series(0, $2::bigint) part order by part`;

/** One line of every client: the lines of one account lie far apart, as they do in life. */
const addLines = `
  with places as (
    select id as journal, split_part(idempotency_key, ':', 3)::bigint as part from journal
      where idempotency_key like $1 || ':%'
  ), lines as (
    select n / ${LINES} as part, 2 + n % ${LINES} as line, 'client/C-' || ($2::bigint + n) || '/${BENCH_ASSET}' as account,
        $4::numeric as amount, $5::numeric as balance
      from generate_series(0, $3::bigint - 1) n
    union all
    select part, 1, 'vault/' || $6 || '/${BENCH_ASSET}',
        -$4::numeric * least(${LINES}, $3::bigint - part * ${LINES}),
        $7::numeric - $4::numeric * least(part * ${LINES} + ${LINES}, $3::bigint)
      from places
  )
  insert into posting (journal_id, line, account_id, asset, amount, balance)
    select journal, line, account, '${BENCH_ASSET}', amount, balance from lines join places using (part)`;

/**
 * Writes the lines past the posting function, which would take hours for millions of journals. Keys
 * between tables are not checked meanwhile; that journals balance is.
 */
export async function fillBooks(ownerUrl: string, filling: Filling): Promise<void> {
  const { first, clients, linesEach } = filling;
  const vault = `bench-${randomUUID().slice(0, 8)}`;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('begin');
    await owner.query(`set local session_replication_role = replica`);
    await owner.query(addVault, [vault]);
    await owner.query(addClients, [first, clients, linesEach]);
    let inVault = 0;
    for (let round = 0; round < linesEach; round += 1) {
      const key = `${vault}:${round}`;
      const amount = round % 2 === 0 ? -5 : 2;
      const balance = -5 * Math.ceil((round + 1) / 2) + 2 * Math.floor((round + 1) / 2);
      await owner.query(addJournals, [key, Math.ceil(clients / LINES) - 1]);
      await owner.query(addLines, [key, first, clients, amount, balance, vault, inVault]);
      inVault -= amount * clients;
    }
    await owner.query(
      `update account set debits = $2::numeric, credits = $3::numeric where id = 'vault/' || $1 || '/${BENCH_ASSET}'`,
      [vault, 5 * Math.ceil(linesEach / 2) * clients, 2 * Math.floor(linesEach / 2) * clients],
    );
    await owner.query('commit');
    // As autovacuum does before long; without it the first reader pays for what is new.
    await owner.query('vacuum (analyze) posting, journal, account, client');
  } finally {
    await owner.end();
  }
}
