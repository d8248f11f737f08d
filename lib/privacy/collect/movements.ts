/** What moved on the accounts of the clients that a person is. */
import { decimalsOf } from '#lib/operations/policy-words.ts';
import { foundIn, atOnce, type CollectedItem, type Reader, type System } from './system.ts';
import { clientsOf, covers, type Span, type Subject } from './spans.ts';
import { systemNames } from './system-names.ts';

type Row = {
  journal: bigint;
  line: number;
  at: Date;
  kind: string;
  operation: string | null;
  txid: string | null;
  entry: string | null;
  counterparty: string | null;
  amount: string;
  balance: string;
};

type Account = { id: string; asset: string; client: string };

const accountsOf = (db: Reader, spans: readonly Span[]): Promise<Account[]> =>
  db.$queryRaw<Account[]>`
    select id, asset, client_id as client from account
    where client_id = any (${clientsOf(spans)}::text[]) order by id`;

/** A page of an account, after a line of a journal: what names a movement outside comes from what was written with it. */
const pageOf = (
  db: Reader,
  account: string,
  { journal, line }: { journal: bigint; line: number },
): Promise<Row[]> =>
  db.$queryRaw<Row[]>`
    select p.journal_id as journal, p.line::int as line, j.posted_at as at, j.kind, o.number as operation,
        coalesce(d.txid, t.txid) as txid, e.reference as entry,
        coalesce(d.from_address, o.intent::jsonb -> 'destination' ->> 'address') as counterparty,
        (-p.amount)::text as amount, (-p.balance)::text as balance
      from (select * from posting where account_id = ${account} and (journal_id, line) > (${journal}, ${line})
          order by journal_id, line limit ${atOnce}) p
        cross join lateral (select * from journal where id = p.journal_id limit 1) j
        left join lateral (select number, intent from operation where id = j.operation_id limit 1) o on true
        left join lateral (select d.txid, d.from_address from deposit d
          where d.journal_id = j.id order by d.txid limit 1) d on true
        left join bank_booking b on b.journal_id = j.id
        left join bank_entry e on e.statement_id = b.statement_id and e.position = b.position
        left join lateral (select t.txid from chain_transaction t
          where t.operation_id = j.operation_id and t.phase = 'confirmed'
          order by t.created_at desc limit 1) t on true
      order by p.journal_id, p.line`;

export type Movement = CollectedItem & {
  facts: {
    account: string;
    asset: string;
    /** Digits after the point; null for an asset that the console does not know. */
    decimals: number | null;
    kind: string;
    /** Smallest units; positive came in. */
    amount: string;
    balance: string;
    operation: string | null;
    transaction: string | null;
    bankReference: string | null;
    counterparty: string | null;
  };
};

/** Every movement while the client was the person’s, by account and oldest first. */
export async function* movementsOf(db: Reader, { spans }: Subject): AsyncGenerator<Movement> {
  for (const account of await accountsOf(db, spans)) {
    let after: { journal: bigint; line: number } = { journal: 0n, line: 0 };
    for (let isMore = true; isMore;) {
      const rows = await pageOf(db, account.id, after);
      for (const row of rows)
        if (covers(spans, account.client, row.at)) yield movementOf(account, row);
      after = rows.at(-1) ?? after;
      isMore = rows.length === atOnce;
    }
  }
}

const movementOf = (account: { id: string; asset: string }, row: Row): Movement => ({
  ref: `${row.journal} ${row.line}`,
  at: row.at.toISOString(),
  facts: {
    account: account.id,
    asset: account.asset,
    decimals: decimalsOf(account.asset),
    kind: row.kind,
    amount: row.amount,
    balance: row.balance,
    operation: row.operation,
    transaction: row.txid,
    bankReference: row.entry,
    counterparty: row.counterparty,
  },
});

const isWhole = ({ from, until }: Span): boolean => from === null && until === null;

/** Movements on one account; where all of them count, no journal is looked at. */
const countIn = async (db: Reader, account: string, spans: readonly Span[]): Promise<number> =>
  foundIn(
    spans.some(isWhole)
      ? await db.$queryRaw<{ found: number }[]>`
          select count(*)::int as found from posting where account_id = ${account}`
      : await db.$queryRaw<{ found: number }[]>`
          select count(*)::int as found from (select journal_id from posting where account_id = ${account}) p
            cross join lateral (select posted_at from journal where id = p.journal_id limit 1) j
          where exists (select from unnest(${spans.map(({ from }) => from?.toISOString() ?? '-infinity')}::text[]::timestamptz[],
              ${spans.map(({ until }) => until?.toISOString() ?? 'infinity')}::text[]::timestamptz[]) as s(since, until)
            where j.posted_at between s.since and s.until)`,
  );

export const ledger: System = {
  name: systemNames.ledger,
  what: 'Every movement on accounts in the name of the client that the person is.',
  tables: [
    'account',
    'posting',
    'journal',
    'deposit',
    'bank_booking',
    'bank_entry',
    'chain_transaction',
  ],
  count: async (tx, { spans }) => {
    const accounts = await accountsOf(tx, spans);
    let found = 0;
    for (const { id, client } of accounts)
      found += await countIn(
        tx,
        id,
        spans.filter((one) => one.client === client),
      );
    return found;
  },
  items: movementsOf,
};
