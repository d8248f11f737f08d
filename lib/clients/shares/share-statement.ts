/**
 * Sharing out by the database, exactly as `shareOut` does it in memory: whole units of each one's part,
 * and what is left over one unit each to the largest remainders, then to the larger weight, then in
 * the order of names. Nobody's balance comes into the memory of this process, and no statement is long:
 * one finds where the units that are left over end, and shares are written a part at a time.
 */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** Each weight times this fraction is each one's exact part. */
export type Ratio = { numerator: bigint; denominator: bigint };

/** Who gets the last of the units that are left over; null where none is. */
export type Cut = { rest: string; weight: string; account: string } | null;

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

/** How many hold something, and how much together in the smallest unit. */
export async function heldIn(
  db: Database | Tx,
  holders: Prisma.Sql,
): Promise<{ holders: number; held: bigint }> {
  const [row] = await db.$queryRaw<{ holders: number; held: string }[]>`
    select count(*)::int as holders, coalesce(sum(weight), 0)::text as held from (${holders}) h`;
  return { holders: row?.holders ?? 0, held: BigInt(row?.held ?? '0') };
}

/** Whole units of each one's part, and what of it is left over. */
const partsOf = (holders: Prisma.Sql, { numerator, denominator }: Ratio): Prisma.Sql => Prisma.sql`
  select h.account_id, h.client_id, h.weight,
      div(h.weight * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric) as whole,
      mod(h.weight * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric) as rest
    from (${holders}) h`;

/**
 * Where the units that are left over end: together, shares are the whole units of the sum of weights
 * times the ratio.
 * @param holders rows (account_id, client_id, weight), weights of zero or more.
 */
export async function cutOf(db: Database | Tx, holders: Prisma.Sql, ratio: Ratio): Promise<Cut> {
  const { numerator, denominator } = ratio;
  const [row] = await db.$queryRaw<{ account: string; rest: string; weight: string }[]>`
    with parts as materialized (${partsOf(holders, ratio)})
    select account_id as account, rest::text, weight::text from (
        select account_id, rest, weight,
            row_number() over (order by rest desc, weight desc, account_id collate "C") as place
          from parts where rest > 0) ranked
      where place = (select div(sum(weight) * ${numerator.toString()}::numeric, ${denominator.toString()}::numeric)
        - sum(whole) from parts)`;
  return row ?? null;
}

/** The same rows with the amount of each. @param cut of all holders, of whom these may be a part. */
export function sharesOf(holders: Prisma.Sql, ratio: Ratio, cut: Cut): Prisma.Sql {
  const extra =
    cut === null
      ? Prisma.sql`0`
      : Prisma.sql`case when rest > 0 and (rest > ${cut.rest}::numeric
          or (rest = ${cut.rest}::numeric and (weight > ${cut.weight}::numeric
            or (weight = ${cut.weight}::numeric and account_id collate "C" <= ${cut.account} collate "C"))))
          then 1 else 0 end`;
  return Prisma.sql`
    select account_id, client_id, weight, whole + ${extra} as amount
      from (${partsOf(holders, ratio)}) parts`;
}
