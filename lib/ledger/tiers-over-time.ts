import type { Database } from '#lib/platform/db/client.ts';

/** What the vaults of one tier held of one asset by the first close at or after an instant. */
export type TierAt = {
  /** The instant that was asked about. */
  instant: Date;
  closedAt: Date;
  tier: string;
  asset: string;
  /** Smallest unit. */
  amount: bigint;
};

const pointsMax = 400;

/**
 * One look-up in the index of lines for each vault account and instant, so it takes as long with ten
 * million journals as with ten. An instant with no close within a day after it has no rows: the books
 * were not closed then, and nobody can tell.
 */
export async function tiersOverTime(
  db: Pick<Database, '$queryRaw'>,
  instants: readonly Date[],
): Promise<TierAt[]> {
  if (instants.length > pointsMax) throw new Error(`At most ${pointsMax} instants at once.`);
  const rows = await db.$queryRaw<(Omit<TierAt, 'amount'> & { amount: string })[]>`
    select e.instant, c.closed_at as "closedAt", v.tier, a.asset, sum(l.balance)::text as amount
      from unnest(${instants.map((instant) => instant.toISOString())}::timestamptz[]) e(instant)
      cross join lateral (select closed_at, last_journal from ledger_close
        where closed_at >= e.instant and closed_at < e.instant + interval '1 day'
        order by closed_at limit 1) c
      cross join account a join vault v on v.id = a.vault_id
      cross join lateral (select p.balance from posting p
        where p.account_id = a.id and p.journal_id <= c.last_journal
        order by p.journal_id desc, p.line desc limit 1) l
      where a.kind = 'vault'
      group by e.instant, c.closed_at, v.tier, a.asset
      order by e.instant, a.asset collate "C", v.tier`;
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}
