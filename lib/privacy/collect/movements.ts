/** What moved on the accounts of the clients that a person is. */
import { decimalsOf } from '#lib/operations/policy-words.ts';
import {
  foundIn,
  ownClients,
  atOnce,
  type CollectedItem,
  type Reader,
  type System,
} from './system.ts';
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

async function accountsOf(db: Reader, person: string): Promise<{ id: string; asset: string }[]> {
  const clients = await ownClients(db, person);
  return db.$queryRaw<{ id: string; asset: string }[]>`
    select id, asset from account where client_id = any (${clients}::text[]) order by id`;
}

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

/** Every movement, by account and oldest first. */
export async function* movementsOf(db: Reader, person: string): AsyncGenerator<Movement> {
  for (const account of await accountsOf(db, person)) {
    let after: { journal: bigint; line: number } = { journal: 0n, line: 0 };
    for (let isMore = true; isMore;) {
      const rows = await pageOf(db, account.id, after);
      for (const row of rows) yield movementOf(account, row);
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
  count: async (tx, person) => {
    const accounts = (await accountsOf(tx, person)).map(({ id }) => id);
    return foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from posting where account_id = any (${accounts}::text[])`,
    );
  },
  items: movementsOf,
};
