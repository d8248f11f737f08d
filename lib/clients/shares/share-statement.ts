/**
 * Sharing out by the database, exactly as `shareOut` does it in memory: whole units of each one's part,
 * and what is left over one unit each to the largest remainders, then to the larger weight, then in
 * the order of names. Nobody's balance comes into the memory of this process.
 */
import { Prisma } from '#lib/platform/db/generated/client.ts';

/** Each weight times this fraction is each one's exact part. */
export type Ratio = { numerator: bigint; denominator: bigint };

/**
 * Accounts that held an asset at a closed position, as rows (account_id, client_id, weight): clients',
 * and suspense, whose owner may turn up. Who held nothing is not there.
 */
export const holdersAt = ({
  asset,
  lastJournal,
  client = null,
}: {
  asset: string;
  lastJournal: bigint;
  /** One client's account alone. */
  client?: string | null;
}): Prisma.Sql => Prisma.sql`
  select a.id as account_id, a.client_id, -l.balance as weight
    from account a
    cross join lateral (select p.balance from posting p
      where p.account_id = a.id and p.journal_id <= ${lastJournal}
      order by p.journal_id desc, p.line desc limit 1) l
    where a.kind in ('client', 'suspense') and a.asset = ${asset} and l.balance < 0
      and (${client}::text is null or a.client_id = ${client})`;

/**
 * The same rows with the amount of each: together the whole units of the sum of weights times the ratio.
 * @param holders rows (account_id, client_id, weight), weights of zero or more.
 */
export const sharesOf = (
  holders: Prisma.Sql,
  { numerator, denominator }: Ratio,
): Prisma.Sql => Prisma.sql`
  select account_id, client_id, weight,
      whole + case when row_number() over (order by rest desc, weight desc, account_id collate "C")
        <= div(sum(weight) over () * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric)
          - sum(whole) over () then 1 else 0 end as amount
    from (select h.*, div(h.weight * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric) as whole,
        mod(h.weight * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric) as rest
      from (${holders}) h) parts`;
