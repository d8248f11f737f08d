import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Close } from '../close-books.ts';

/**
 * What accounts stood at in a closed position, as debits less credits in the smallest unit: one look into the
 * index for each. An account that had no line by then is left out.
 */
export async function balancesAtClose(
  db: Database | Tx,
  accounts: readonly string[],
  { lastJournal }: Pick<Close, 'lastJournal'>,
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await db.$queryRaw<{ account: string; balance: string }[]>`
    select w.account, p.balance::text as balance
      from unnest(${accounts}::text[]) w(account)
        cross join lateral (
          select p.balance from posting p
            where p.account_id = w.account and p.journal_id <= ${lastJournal}::bigint
            order by p.journal_id desc, p.line desc limit 1) p`;
  return new Map(rows.map(({ account, balance }) => [account, BigInt(balance)]));
}
