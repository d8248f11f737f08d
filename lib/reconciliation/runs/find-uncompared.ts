/** Places on whose accounts journals were booked after the last one that their newest run has seen. */
import { bankAccount, vaultAccount } from '#lib/ledger/accounts.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

type Seen = {
  key: string;
  kind: string;
  asset: string;
  place: string;
  /** Number of the last journal of the close that the run compared. */
  seen: string;
};

/**
 * One look into an index for each: at the account's own lines, and for what is owed and there at the
 * lines after the run, of which the first that belongs to the asset is enough. In the order of journals,
 * so that no look reads what came before the run, also where nothing came after it.
 * @returns their keys.
 */
export async function findUncompared(tx: Tx, runs: readonly Seen[]): Promise<Set<string>> {
  const rows = runs.map((run) => ({ ...run, account: accountOf(run) }));
  const found = await tx.$queryRaw<{ key: string }[]>`
    select r.key
      from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ asset }) => asset)}::text[],
          ${rows.map(({ seen }) => seen)}::bigint[], ${rows.map(({ account }) => account)}::text[])
        as r(key, asset, seen, account)
      where case when r.account is null
        then (select p.journal_id from posting p where p.journal_id > r.seen and p.asset = r.asset
            and split_part(p.account_id, '/', 1) in ('client', 'suspense', 'vault', 'in-transit', 'bank')
          order by p.journal_id limit 1)
        else (select p.journal_id from posting p
          where p.account_id = r.account and p.journal_id > r.seen order by p.journal_id limit 1)
      end is not null`;
  return new Set(found.map(({ key }) => key));
}

/** Null for what is owed and there, which is every account of the asset. */
function accountOf({ kind, asset, place }: Seen): string | null {
  if (kind === 'chain') return vaultAccount(place, asset);
  return kind === 'bank' ? bankAccount(place, asset) : null;
}
