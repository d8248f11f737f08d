/** What is owed and what is there for it, both recomputed from the lines of the books. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Side } from '../matching/item.ts';

type Part = { name: string; isOwed: boolean; amount: string };

/** Clients are one part: there may be a million of them. Every other account stands by itself. */
export async function readLiabilities(
  db: Database,
  asset: string,
  last: bigint,
): Promise<{ owed: Side; there: Side }> {
  const parts = await db.$queryRaw<Part[]>`
    select case when a.kind = 'client' then 'client' else a.id end as name,
        a.kind in ('client', 'suspense') as "isOwed",
        (case when a.kind in ('client', 'suspense') then -sum(p.amount) else sum(p.amount) end)::text as amount
      from posting p join account a on a.id = p.account_id
      where p.asset = ${asset} and p.journal_id <= ${last}
        and a.kind in ('client', 'suspense', 'vault', 'in-transit', 'bank')
      group by 1, 2, a.kind order by 1 limit 10000`;
  return {
    owed: sideOf(
      parts.filter(({ isOwed }) => isOwed),
      last,
    ),
    there: sideOf(
      parts.filter(({ isOwed }) => !isOwed),
      last,
    ),
  };
}

const sideOf = (parts: readonly Part[], last: bigint): Side => ({
  source: 'ledger',
  position: last.toString(),
  balance: parts.reduce((total, { amount }) => total + BigInt(amount), 0n).toString(),
  items: [],
  parts: parts.map(({ name, amount }) => ({ name, amount })),
});

/** Assets that the books know, each of which has its own run. */
export async function assetsOnBooks(db: Database | Tx): Promise<string[]> {
  const rows = await db.$queryRaw<{ asset: string }[]>`
    select distinct asset from account where kind in ('client', 'suspense', 'vault', 'in-transit', 'bank')
      order by asset limit 1000`;
  return rows.map(({ asset }) => asset);
}
