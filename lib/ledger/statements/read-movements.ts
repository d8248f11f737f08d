/** What moved on clients' accounts between two closes, with the instruction behind each movement. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { StatementMovement } from './content.ts';
import type { StatementScope } from './scope.ts';

type Row = Omit<StatementMovement, 'bookedAt' | 'reference'> & {
  account: string;
  bookedAt: Date;
  txid: string | null;
  /** What a bank calls its entry. */
  entry: string | null;
};

function referenceOf(txid: string | null, entry: string | null): StatementMovement['reference'] {
  if (txid !== null) return { kind: 'transaction', id: txid };
  return entry === null ? null : { kind: 'bank', id: entry };
}

/**
 * Movements by account, oldest first. What names them outside comes from rows that are written with
 * the journal and never changed: the arrival or the bank's entry that it credits, the confirmed
 * transaction of its operation;
 * where a withdrawal went is what people signed.
 */
export async function movementsOf(
  db: Database | Tx,
  { opened, close }: StatementScope,
  accounts: readonly string[],
): Promise<Map<string, StatementMovement[]>> {
  if (accounts.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    select p.account_id as account, p.journal_id::text as journal, p.line::int as line,
        j.posted_at as "bookedAt", o.number as operation,
        -- The first two lines of what an operation moved are its amount, the others its network fee.
        case when j.kind in ('withdrawal', 'vault-transfer') and p.line > 2 then 'network-fee' else j.kind end as kind,
        coalesce(d.txid, t.txid) as txid, e.reference as entry,
        coalesce(d.from_address, o.intent::jsonb -> 'destination' ->> 'address') as counterparty,
        (-p.amount)::text as amount, (-p.balance)::text as balance
      from posting p
        join journal j on j.id = p.journal_id
        left join operation o on o.id = j.operation_id
        left join lateral (
          select d.txid, d.from_address from deposit d where d.journal_id = j.id
          union all select d.txid, d.from_address from deposit_reversal r
            join deposit d on (d.chain, d.txid, d.vault_id, d.place, d.appearance)
              = (r.chain, r.txid, r.vault_id, r.place, r.appearance)
            where r.journal_id = j.id
          limit 1) d on true
        left join bank_booking b on b.journal_id = j.id
        left join bank_entry e on e.statement_id = b.statement_id and e.position = b.position
        left join lateral (select t.txid from chain_transaction t
          where t.operation_id = j.operation_id and t.phase = 'confirmed'
          order by t.created_at desc limit 1) t on true
      where p.account_id = any(${[...accounts]}::text[])
        and p.journal_id > ${opened?.lastJournal ?? 0n} and p.journal_id <= ${close.lastJournal}
      order by p.account_id, p.journal_id, p.line`;
  const movements = new Map<string, StatementMovement[]>();
  for (const { account, bookedAt, txid, entry, ...row } of rows) {
    const own = movements.get(account) ?? [];
    own.push({
      ...row,
      bookedAt: bookedAt.toISOString(),
      reference: referenceOf(txid, entry),
    });
    movements.set(account, own);
  }
  return movements;
}
