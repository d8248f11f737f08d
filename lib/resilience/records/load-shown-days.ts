/** The last day of each recurring duty that other areas and the audit trail show. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { OtherDays } from '../record-days.ts';
import { registerSubject } from '../register/audit-subject.ts';

export async function loadOtherDays(tx: Pick<Tx, '$queryRaw'>): Promise<OtherDays> {
  const [row] = await tx.$queryRaw<OtherDays[]>`
    select
      (select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD') from audit_entry e
        where e.subject = ${registerSubject} and e.kind = 'register-of-information-exported'
        order by e.id desc limit 1) as "register-exported",
      (select to_char(r.at at time zone 'UTC', 'YYYY-MM-DD') from recurrence_check r
        order by r.at desc limit 1) as "recurring-incidents",
      (select to_char(max(v.reviewed_at) at time zone 'UTC', 'YYYY-MM-DD') from access_review v) as "access-review"`;
  if (!row) throw new Error('The database gave no days.');
  return row;
}
