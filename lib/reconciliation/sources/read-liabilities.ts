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
  // An account's name begins with its kind, so one pass over the lines is enough.
  const parts = await db.$queryRaw<Part[]>`
    select name, name = 'client' or starts_with(name, 'suspense/') as "isOwed",
        (case when name = 'client' or starts_with(name, 'suspense/') then -amount else amount end)::text as amount
      from (
        select case when starts_with(account_id, 'client/') then 'client' else account_id end as name,
            sum(amount) as amount
          from posting
          where asset = ${asset} and journal_id <= ${last}
            and split_part(account_id, '/', 1) in ('client', 'suspense', 'vault', 'in-transit', 'bank')
          group by 1
      ) sums order by name limit 10000`;
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
