import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Case } from '../register/cases.ts';
import { noteOutcomes } from './note-outcomes.ts';
import { findNoPayment, type NoPayment } from './paying-journal.ts';

export type PayOut = {
  what: 'handed-out' | 'paid';
  journal: bigint;
  /** Rows (account_id, credited, amount): whose part it is, the account to be credited, and by how much exactly. */
  due: Prisma.Sql;
  /** Ends the sentence about a journal that credits nobody with exactly this. */
  dueWords: string;
  /** When two people decided what is due. */
  since: Date;
  by: string;
  at: Date;
};

/**
 * Notes for everybody whom a journal credits with exactly what is due that it did, in the caller's
 * transaction, which keeps others from the case.
 * @returns for how many.
 */
export async function payOut(
  tx: Tx,
  found: Case,
  { what, journal, due, dueWords, since, by, at }: PayOut,
): Promise<Result<number, NoPayment | 'journal-pays-nothing'>> {
  const refused = await findNoPayment(tx, journal, { caseId: found.id, since });
  if (refused) return refused;
  const accounts = await tx.$executeRaw`
    insert into register_outcome (case_id, account_id, what, journal_id, line, actor, at)
      select distinct on (d.account_id) ${found.id}::uuid, d.account_id, ${what}, p.journal_id, p.line, ${by}, ${at}
        from (${due}) d join posting p
          on p.journal_id = ${journal} and p.account_id = d.credited and p.amount = -d.amount
        where not exists (select from register_outcome o
            where o.case_id = ${found.id}::uuid and o.account_id = d.account_id)
          and not exists (select from register_outcome o where o.journal_id = p.journal_id and o.line = p.line)
        order by d.account_id, p.line`;
  if (accounts === 0)
    return refuse(
      'journal-pays-nothing',
      `Journal ${journal} has no line that credits anybody here with exactly ${dueWords} and that pays nothing else. Compare its lines with the amounts below.`,
    );
  await noteOutcomes(tx, found, { what, accounts, journal: journal.toString() }, { by, at });
  return ok(accounts);
}
