/** The last day of each recurring duty, as records show it. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Shown } from '../calendar.ts';
import { registerSubject } from '../register/audit-subject.ts';

/** What other areas and the audit trail show; everything else is in the records of resilience. */
type Elsewhere = 'register-exported' | 'recurring-incidents' | 'access-review';
export type RecordDays = Record<Exclude<Shown, null | Elsewhere>, string | null>;
type OtherDays = Record<Elsewhere, string | null>;

/**
 * What has to be done for all of a kind counts from the one that waits longest: none where one was never done.
 * Reads all records of some kinds, so figures keep the answer until a record changes.
 */
export async function loadRecordDays(tx: Pick<Tx, '$queryRaw'>): Promise<RecordDays> {
  const [row] = await tx.$queryRaw<RecordDays[]>`
    with c as (select * from resilience_current where not retired
        and kind in ('function', 'asset', 'risk', 'test', 'plan', 'plan-test')),
      done as materialized (select record_id, facts ->> 'type' as type, facts ->> 'doneOn' as day from c
        where kind = 'test' and state = 'done'),
      held as materialized (select p.record_id as plan, p.facts ->> 'type' as type, t.facts ->> 'doneOn' as day
        from c t join c p on p.record_id = (t.facts ->> 'plan')::uuid
        where t.kind = 'plan-test' and t.state in ('passed', 'partly', 'failed')),
      of_plan as (select plan, max(day) as day from held group by plan),
      of_asset as (select l.to_id as asset, max(d.day) as day from done d
        join resilience_link l on l.from_id = d.record_id and l.field = 'assets' group by l.to_id)
    select
      (select case when count(*) = count(facts ->> 'assessedOn') then min(facts ->> 'assessedOn') end
        from c where kind = 'function') as "functions-assessed",
      (select to_char(max(written_at) at time zone 'UTC', 'YYYY-MM-DD') from c where kind = 'asset') as "assets-assessed",
      (select case when count(*) = count(facts ->> 'reviewedOn') then min(facts ->> 'reviewedOn') end
        from c where kind = 'risk' and state <> 'closed') as "risks-reviewed",
      (select min(coalesce(facts ->> 'reviewedOn', facts ->> 'acceptedOn'))
        from c where kind = 'risk' and state = 'accepted') as "accepted-risks-reviewed",
      (select max(day) from done where type = 'vulnerability-scan') as "vulnerability-scan",
      (select case when count(*) = count(o.day) then min(o.day) end
        from c p left join of_plan o on o.plan = p.record_id
        where p.kind = 'plan' and p.state = 'approved') as "plan-test",
      (select max(day) from held where type = 'crisis-communication') as "crisis-communication-test",
      (select max(day) from held where type = 'backup') as "backup-test",
      (select case when count(*) = count(o.day) then min(o.day) end
        from c a left join of_asset o on o.asset = a.record_id
        where a.kind = 'asset' and a.grade = 'critical') as "critical-systems-tested",
      (select max(day) from done where type = 'tlpt') as tlpt,
      (select max(t ->> 'on') from resilience_current k, jsonb_array_elements(k.facts -> 'exitTests') t
        where k.kind = 'contract' and not k.retired) as "exit-plan-test"`;
  if (!row) throw new Error('The database gave no days.');
  return row;
}

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
