/** Where books and chain have to be compared before a chain that stood still goes on. */
import type { Tx } from '#lib/platform/db/transaction.ts';

/** A place that was not compared for so long before the hold is not compared at all. */
const lately = '7 days';

/**
 * Vaults and assets of the chain that are compared as a rule and were not since it stands still, or since it was read
 * anew. In words, as `BTC of hot-1`.
 */
export async function placesToCompare(tx: Tx, chain: string, heldAt: Date): Promise<string[]> {
  const places = await tx.$queryRaw<{ words: string }[]>`
    select r.asset || ' of ' || r.place as words
      from reconciliation_run r join vault v on v.id = r.place
      where r.kind = 'chain' and v.chain = ${chain} and r.at > ${heldAt}::timestamptz - ${lately}::interval
      group by r.asset, r.place
      having max(r.at) <= greatest(${heldAt}::timestamptz, coalesce((
        select max(d.used_at) from chain_decision d join asset_hold h on h.id = d.hold_id
          where h.chain = ${chain}), ${heldAt}::timestamptz))
      order by 1 limit 20`;
  return places.map(({ words }) => words);
}
