/**
 * Outcomes that no longer stand, because a correction took back what a journal had paid. It follows from the
 * books each time it is asked for (`outcome_taken_back`): nothing in the register changes by it, and a
 * correction that gives it back makes the outcome stand again.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Register } from '../register/registers.ts';

export type TakenBack = {
  /** The journal that paid, and the newest one that took some or all of it back. */
  journal: string;
  by: string;
};

const shownMax = 50;

/** Of one case, in the order of journals. */
export async function takenBackOf(tx: Tx, caseId: string): Promise<TakenBack[]> {
  return tx.$queryRaw<TakenBack[]>`
    with corrected as materialized (
      select o.journal_id, o.line from register_outcome o
        where o.case_id = ${caseId}::uuid and exists (select from journal c where c.corrects = o.journal_id))
    select o.journal_id::text as journal, max(t.by)::text as by
      from corrected o cross join lateral outcome_taken_back(o.journal_id, o.line) as t (by)
      where t.by is not null
      group by o.journal_id order by o.journal_id limit ${shownMax}`;
}

const casesMax = 1_000;

/** Ids of the cases of a register of which some outcome was taken back. Corrections are few, and read first. */
export async function casesTakenBack(
  db: Database | Tx,
  register: Register,
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct o.case_id::text as id
      from journal c join register_outcome o on o.journal_id = c.corrects
        join register_case r on r.id = o.case_id
      where c.corrects is not null and r.register = ${register}
        and outcome_taken_back(o.journal_id, o.line) is not null
      limit ${casesMax}`;
  return new Set(rows.map(({ id }) => id));
}
