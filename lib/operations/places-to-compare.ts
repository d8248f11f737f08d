/** Where books and chain have to be compared before a chain that stood still goes on. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { placesMax } from './chain-decision-kinds.ts';

/** A place that was not compared for so long before the hold is not compared at all. */
const lately = '7 days';

/** A vault and an asset in words, as `BTC of hot-1`, and when the newest comparison of it began to read. */
export type PlaceToCompare = { words: string; comparedAt: Date };

/**
 * When what is known of the chain changed last: it was read anew, or it was found to have taken back a deposit or a
 * payment. Null where none of this ever happened.
 */
export async function changedAt(db: Database | Tx, chain: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    select greatest(
      (select max(d.used_at) from chain_decision d join asset_hold h on h.id = d.hold_id where h.chain = ${chain}),
      (select max(u.found_at) from undone_settlement u join chain_transaction t on t.id = u.transaction_id
        where t.chain = ${chain}),
      (select max(r.reversed_at) from deposit_reversal r where r.chain = ${chain})) as at`;
  return row?.at ?? null;
}

/**
 * Vaults and assets of the chain that are compared as a rule and were not after a moment: a run that had begun to read by
 * then may know nothing of it. Tokens outside the registry are left out: anybody can send them, and have their contract
 * answer nothing from a day on.
 * Reads one more than a decision can name, so that whoever decides sees that there are too many.
 * @param of.heldAt when the chain came to stand still; it was compared as a rule where it was in the days before.
 */
export const placesToCompare = (
  db: Database | Tx,
  { chain, heldAt, after }: { chain: string; heldAt: Date; after: Date },
): Promise<PlaceToCompare[]> =>
  db.$queryRaw<PlaceToCompare[]>`
    select r.asset || ' of ' || r.place as words, max(coalesce(r.began_at, r.at)) as "comparedAt"
      from reconciliation_run r join vault v on v.id = r.place
      where r.kind = 'chain' and v.chain = ${chain} and left(r.asset, 3) <> 'UNK'
        and r.at > ${heldAt}::timestamptz - ${lately}::interval
      group by r.asset, r.place
      having coalesce(max(r.began_at), '-infinity') <= ${after}::timestamptz
      order by 1 limit ${placesMax + 1}`;
