import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** One asset over all accounts. Amounts are exact decimal text in the smallest unit. */
export type AssetPosition = {
  asset: string;
  /** How many clients have an account in it. */
  clients: number;
  /** What clients are owed. */
  owed: string;
  /** The part of it that is set aside for withdrawals under way. */
  held: string;
  available: string;
  /** What arrived and nobody knows whose it is: owed too, to whoever turns up. */
  unattributed: string;
  /** What went out of banks and nobody knows why: neither owed nor there, so it is short by as much. */
  missing: string;
  /** What lies in the vaults. */
  inVaults: string;
  /** What lies at credit institutions for clients. */
  atBanks: string;
};

/** What is owed and what is there, per asset: summed by the database over every account there is. */
export async function assetPositions(db: Database | Tx): Promise<AssetPosition[]> {
  return db.$queryRaw<AssetPosition[]>`
    select asset,
        (count(*) filter (where kind = 'client'))::int as clients,
        coalesce(sum(credits - debits) filter (where kind = 'client'), 0)::text as owed,
        coalesce(sum(held) filter (where kind = 'client'), 0)::text as held,
        coalesce(sum(credits - debits - held) filter (where kind = 'client'), 0)::text as available,
        coalesce(sum(credits - debits) filter (where kind = 'suspense'), 0)::text as unattributed,
        coalesce(sum(debits - credits) filter (where kind = 'missing'), 0)::text as missing,
        coalesce(sum(debits - credits) filter (where kind = 'vault'), 0)::text as "inVaults",
        coalesce(sum(debits - credits) filter (where kind = 'bank'), 0)::text as "atBanks"
      from account where kind in ('client', 'vault', 'bank', 'suspense', 'missing')
      group by asset order by asset limit 200`;
}

export type Cover = 'equal' | 'short' | 'over';

/**
 * What vaults and banks hold beyond what is owed, in the smallest unit, and its word. What nobody has
 * claimed is owed as well, so it must be there like everything else.
 */
export function coverOf({ owed, unattributed, inVaults, atBanks }: AssetPosition): {
  difference: bigint;
  cover: Cover;
} {
  const difference = BigInt(inVaults) + BigInt(atBanks) - BigInt(owed) - BigInt(unattributed);
  if (difference === 0n) return { difference, cover: 'equal' };
  return { difference, cover: difference < 0n ? 'short' : 'over' };
}
