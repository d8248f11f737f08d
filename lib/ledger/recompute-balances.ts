/** Balances computed anew from the lines alone, and held against the totals that are kept. */
import type { Database } from '#lib/platform/db/client.ts';

export type Recomputed = {
  /** Accounts that have lines. */
  accounts: number;
  /** Accounts whose kept totals are not the sums of their lines. */
  differing: number;
  /** The first of them, in the order of their names; amounts are debits less credits, exact. */
  examples: { account: string; kept: string; computed: string }[];
};

const EXAMPLES = 20;

/**
 * Adds up every line of every account and compares. The database does it in one pass over the lines
 * in the order of accounts, so neither side holds more than one account at a time.
 */
export async function recomputeBalances(db: Pick<Database, '$queryRaw'>): Promise<Recomputed> {
  const [found] = await db.$queryRaw<
    { accounts: number; differing: number; examples: Recomputed['examples'] | null }[]
  >`
    with computed as (
      select account_id, sum(amount) as amount from posting group by account_id
    ), compared as (
      select a.id, a.debits - a.credits as kept, c.amount as computed, c.amount is not null as has_lines
        from account a left join computed c on c.account_id = a.id
    ), differing as (
      select id, kept, coalesce(computed, 0) as computed from compared where kept <> coalesce(computed, 0)
    )
    select (select count(*)::int from compared where has_lines) as accounts,
        (select count(*)::int from differing) as differing,
        (select jsonb_agg(jsonb_build_object('account', id, 'kept', kept::text, 'computed', computed::text))
          from (select * from differing order by id limit ${EXAMPLES}) d) as examples`;
  if (!found) throw new Error('The database gave no answer.');
  return {
    accounts: found.accounts,
    differing: found.differing,
    examples: found.examples ?? [],
  };
}
