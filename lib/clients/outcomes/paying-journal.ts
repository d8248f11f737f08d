import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

export type NoPayment =
  | 'journal-unknown'
  | 'journal-before'
  | 'journal-by-nobody'
  | 'journal-taken-back'
  | 'journal-of-others'
  | 'journal-pays-other';

/**
 * Why a journal hands nothing out for a case; null when it does. The database asks for the same
 * (`journal_hands_out`). Nobody else names the journal until the caller's transaction ends.
 *
 * A journal counts when two people stand behind it, which is what the books call a correction: deposits,
 * bank entries and whatever else the worker books follow a chain or a bank, and credit a client with what
 * is the client's own. What it gives has to come from the custodian's own accounts, from a vault, or from
 * suspense, where the custodian's payment and what an event brought lie until they are attributed.
 * @param since when two people decided what is due.
 */
export async function findNoPayment(
  tx: Tx,
  journal: bigint,
  { caseId, since }: { caseId: string; since: Date },
): Promise<Refused<NoPayment> | null> {
  await lockNamed(tx, `outcome by journal ${journal}`);
  const [found] = await tx.$queryRaw<
    {
      kind: string;
      postedAt: Date;
      takenBack: string | null;
      others: string | null;
      pays: string | null;
    }[]
  >`
    select j.kind, j.posted_at as "postedAt",
        (select c.id::text from journal c
          join posting p on p.journal_id = c.id and p.amount > 0 and p.account_id not like 'suspense/%'
          join posting g on g.journal_id = j.id and g.account_id = p.account_id and g.amount < 0
          where c.corrects = j.id order by c.id limit 1) as "takenBack",
        (select p.account_id from posting p join account a on a.id = p.account_id
          where p.journal_id = j.id and p.amount > 0
            and a.kind not in ('own-asset', 'own-income', 'own-expense', 'own-equity', 'vault', 'suspense')
          order by p.line limit 1) as others,
        (select c.number from register_outcome o join register_case c on c.id = o.case_id
          where o.journal_id = j.id and o.case_id <> ${caseId}::uuid limit 1) as pays
      from journal j where j.id = ${journal}`;
  if (!found) return refuse('journal-unknown', `The books have no journal ${journal}.`);
  if (found.kind !== 'correction')
    return refuse(
      'journal-by-nobody',
      `Journal ${journal} is a ${found.kind}, which follows a chain or a bank. What is handed out is booked by two people under Corrections.`,
    );
  if (found.postedAt < since)
    return refuse('journal-before', `Journal ${journal} was booked before this was decided.`);
  if (found.takenBack !== null)
    return refuse(
      'journal-taken-back',
      `Journal ${journal} was corrected by journal ${found.takenBack}. Name the one that stands.`,
    );
  if (found.others !== null)
    return refuse(
      'journal-of-others',
      `Journal ${journal} takes from ${found.others}. What is handed out comes from our own accounts, a vault or suspense.`,
    );
  return found.pays === null
    ? null
    : refuse('journal-pays-other', `Journal ${journal} pays for ${found.pays} already.`);
}
