/** What a bank takes back of an earlier entry, as far as that still waits in suspense. */
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { suspenseAccount } from '../accounts.ts';

export type TakenBack = {
  /** Number of the journal that brought it in. */
  journal: bigint;
  /** What of it nobody was given yet, smallest unit; more than zero. */
  units: bigint;
};

type Reversal = {
  account: string;
  asset: string;
  statementId: bigint;
  position: number;
  /** Smallest unit, less than zero. */
  amount: bigint;
};

/**
 * The one earlier entry of the account that came in under the same name and with the same amount as a reversal
 * goes out, and what is left of it in suspense, beside what was taken there of other entries beyond them. Corrections
 * of its journal wait until the caller's transaction ends; one of another journal that takes what is left meanwhile
 * makes the database refuse the booking, and the next pass sees it.
 * @returns null where no entry or several are named so, the amounts differ, or nothing is left: then the money is
 * missing.
 */
export async function findTakenBack(
  tx: Tx,
  { account, asset, statementId, position, amount }: Reversal,
): Promise<TakenBack | null> {
  const entries = await tx.$queryRaw<{ journal: bigint; isWhole: boolean }[]>`
    select b.journal_id as journal, e.amount = ${(-amount).toString()}::numeric as "isWhole"
      from bank_entry_text t
        join bank_entry e on e.statement_id = t.statement_id and e.position = t.position
        join bank_booking b on b.statement_id = t.statement_id and b.position = t.position
      where t.end_to_end_hash = (select o.end_to_end_hash from bank_entry_text o
          where o.statement_id = ${statementId} and o.position = ${position})
        and e.account_id = ${account} and e.amount > 0 and not e.is_reversal
        and (t.statement_id, t.position) < (${statementId}, ${position}) limit 2`;
  const [entry, second] = entries;
  if (!entry || second || !entry.isWhole) return null;
  const { journal } = entry;
  // The lock under which a correction of this journal is approved.
  await lockNamed(tx, `correction of journal ${journal}`);
  const suspense = suspenseAccount(asset, 'bank');
  const [left] = await tx.$queryRaw<{ units: string }[]>`
    select suspense_left(${suspense}, ${journal})::text as units`;
  const units = BigInt(left?.units ?? '0');
  return units > 0n ? { journal, units } : null;
}
