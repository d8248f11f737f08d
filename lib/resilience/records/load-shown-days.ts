/** The last day of each recurring duty that other areas and submissions show. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { OtherDays } from '../record-days.ts';

export async function loadOtherDays(tx: Pick<Tx, '$queryRaw'>): Promise<OtherDays> {
  const [row] = await tx.$queryRaw<OtherDays[]>`
    select
      (select to_char(max(s.submitted_on), 'YYYY-MM-DD') from register_submission s) as "register-submitted",
      (select to_char(r.at at time zone 'UTC', 'YYYY-MM-DD') from recurrence_check r
        order by r.at desc limit 1) as "recurring-incidents",
      (select to_char(max(v.reviewed_at) at time zone 'UTC', 'YYYY-MM-DD') from access_review v) as "access-review"`;
  if (!row) throw new Error('The database gave no days.');
  return row;
}
