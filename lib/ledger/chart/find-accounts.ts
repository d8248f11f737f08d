/**
 * The chart of accounts: in the order of kind, asset and name, a page at a time in either direction, and
 * the totals of each kind and asset. Pages go by the index over those three.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { accountKinds } from '../account-kinds.ts';
import type { ChartFilter } from './filter.ts';

/** A branch of the tree with its sums; amounts are exact decimal text in the smallest unit. */
export type ChartTotal = {
  kind: string;
  asset: string;
  accounts: number;
  debits: string;
  credits: string;
};

export type ChartAccount = { account: string; kind: string; asset: string } & Pick<
  ChartTotal,
  'debits' | 'credits'
>;

/** After or before this account, by its name in the ledger. */
export type ChartStart = { way: 'on' | 'back'; from: string };

export type ChartPage = { accounts: ChartAccount[]; next: string | null; back: string | null };

/** Branches of the tree: kinds of account times assets. */
const branchesMax = 5_000;

type Branch = Pick<ChartTotal, 'kind' | 'asset'>;

/** Every branch there is under a filter, in order, with its sums. */
export async function chartTotals(
  db: Database | Tx,
  { kind, asset, name }: ChartFilter,
): Promise<ChartTotal[]> {
  const totals = await db.$queryRaw<ChartTotal[]>`
    select kind, asset, count(*)::int as accounts, sum(debits)::text as debits, sum(credits)::text as credits
      from account
      where (${kind}::text is null or kind = ${kind}) and (${asset}::text is null or asset = ${asset})
      group by kind, asset limit ${branchesMax}`;
  const inOrder = totals.toSorted(byBranch);
  if (name === null) return inOrder;
  const { kinds, assets, lows, highs } = rangesOf(inOrder, name, null);
  const named = await db.$queryRaw<ChartTotal[]>`
    select b.kind, b.asset, s.accounts, s.debits, s.credits
      from unnest(${kinds}::text[], ${assets}::text[], ${lows}::text[], ${highs}::text[]) b(kind, asset, low, high)
        cross join lateral (
          select count(*)::int as accounts, sum(a.debits)::text as debits, sum(a.credits)::text as credits
            from account a where a.kind = b.kind and a.asset = b.asset
              and a.id collate "C" > b.low and a.id collate "C" < b.high) s
      where s.accounts > 0`;
  return named.toSorted(byBranch);
}

/** @param branches every branch that may hold one, in order. */
export async function chartPage(
  db: Database | Tx,
  branches: readonly Branch[],
  wanted: { name: string | null; start: ChartStart | null; limit: number },
): Promise<ChartPage> {
  const { name, start, limit } = wanted;
  const isBack = start?.way === 'back';
  const { kinds, assets, lows, highs } = rangesOf(branches, name, start);
  // One of the two is empty in either direction, so each is read along the index.
  const rows = isBack
    ? await db.$queryRaw<ChartAccount[]>`
        select a.id as account, b.kind, b.asset, a.debits::text as debits, a.credits::text as credits
          from unnest(${kinds}::text[], ${assets}::text[], ${lows}::text[], ${highs}::text[])
              with ordinality b(kind, asset, low, high, place)
            cross join lateral (
              select * from account a where a.kind = b.kind and a.asset = b.asset
                  and a.id collate "C" > b.low and a.id collate "C" < b.high
                order by a.id collate "C" desc limit ${limit + 1}) a
          order by b.place desc, a.id collate "C" desc limit ${limit + 1}`
    : await db.$queryRaw<ChartAccount[]>`
        select a.id as account, b.kind, b.asset, a.debits::text as debits, a.credits::text as credits
          from unnest(${kinds}::text[], ${assets}::text[], ${lows}::text[], ${highs}::text[])
              with ordinality b(kind, asset, low, high, place)
            cross join lateral (
              select * from account a where a.kind = b.kind and a.asset = b.asset
                  and a.id collate "C" > b.low and a.id collate "C" < b.high
                order by a.id collate "C" limit ${limit + 1}) a
          order by b.place, a.id collate "C" limit ${limit + 1}`;
  const found = rows.slice(0, limit);
  const accounts = isBack ? found.toReversed() : found;
  const hasMore = rows.length > limit;
  const first = accounts[0]?.account ?? null;
  const last = accounts.at(-1)?.account ?? null;
  return {
    accounts,
    next: isBack || hasMore ? last : null,
    back: start && (!isBack || hasMore) ? first : null,
  };
}

const byBranch = (a: Branch, b: Branch): number =>
  accountKinds.indexOf(a.kind) - accountKinds.indexOf(b.kind) || compareText(a.asset, b.asset);

/** By code units, as the index has it. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

type Ranges = Record<'kinds' | 'assets' | 'lows' | 'highs', string[]>;

/** In each branch the names that come into question; names are ASCII, and `~` sorts after all of them. */
function rangesOf(
  branches: readonly Branch[],
  name: string | null,
  start: ChartStart | null,
): Ranges {
  const ranges: Ranges = { kinds: [], assets: [], lows: [], highs: [] };
  const [kind = '', , asset = ''] = start?.from.split('/') ?? [];
  for (const branch of branches) {
    const place = start ? byBranch(branch, { kind, asset }) : 0;
    if (start && (start.way === 'on' ? place < 0 : place > 0)) continue;
    const prefix = `${branch.kind}/${name ?? ''}`;
    const isHere = start !== null && place === 0;
    ranges.kinds.push(branch.kind);
    ranges.assets.push(branch.asset);
    ranges.lows.push(isHere && start.way === 'on' ? start.from : prefix);
    ranges.highs.push(isHere && start.way === 'back' ? start.from : `${prefix}~`);
  }
  return ranges;
}
