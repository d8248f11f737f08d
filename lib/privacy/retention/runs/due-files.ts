/** Files of requests that were answered and breaches that came to an end, and reasons of holds that were lifted. */
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { answeredAt, answeredStates } from '../../requests/answered-at.ts';
import type { FileCode } from '../schedule.ts';
import type { DuePage, FoundRow } from './find-due.ts';

export const dueFiles = (tx: Database | Tx, code: FileCode, page: DuePage): Promise<FoundRow[]> =>
  finders[code](tx, page);

/** Counted from the last answer to the person; what was received later than that day can't have been answered before. */
const dueRequests = (
  tx: Database | Tx,
  { newest, after, most }: DuePage,
): Promise<FoundRow[]> => tx.$queryRaw<FoundRow[]>`
  select s.number as subject, last.day as "triggerOn",
    case when exists (select from holds_on_request(s.number, s.person_id)) then 'hold' end as skip
  from privacy_request_standing s
  cross join lateral (select (${answeredAt} at time zone 'UTC')::date as day) last
  where s.state = any (${answeredStates}) and s.received_at < ${endOfDay(newest)}
    and last.day <= ${startOfDay(newest)}::date
    and (last.day, s.number) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
    and (exists (select from privacy_request_text t where t.request_id = s.request_id and t.sealed is not null)
      or exists (select from privacy_request_file f where f.request_id = s.request_id and f.sealed is not null))
  order by last.day, s.number limit ${most}`;

const dueHolds = (
  tx: Database | Tx,
  { newest, after, most }: DuePage,
): Promise<FoundRow[]> => tx.$queryRaw<FoundRow[]>`
  select s.number as subject, (s.lifted_at at time zone 'UTC')::date as "triggerOn",
    case when exists (select from holds_on_hold(s.number)) then 'hold' end as skip
  from privacy_hold_standing s
  where s.state = 'lifted' and s.lifted_at < ${endOfDay(newest)}
    and ((s.lifted_at at time zone 'UTC')::date, s.number) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
    and exists (select from privacy_hold_text t where t.hold_id = s.hold_id and t.sealed is not null)
    and not still_keeps('hold', s.hold_id, s.state)
  order by 2, 1 limit ${most}`;

/** What was erased is found no more. */
const dueBreaches = (
  tx: Database | Tx,
  { newest, after, most }: DuePage,
): Promise<FoundRow[]> => tx.$queryRaw<FoundRow[]>`
  select s.number as subject, (s.closed_at at time zone 'UTC')::date as "triggerOn",
    case when exists (select from holds_on_breach(s.breach_id)) then 'hold'
      when is_breach_incident_open(s.number) then 'incident' end as skip
  from privacy_breach_standing s
  where s.state in ('closed', 'not-a-breach') and s.closed_at < ${endOfDay(newest)}
    and ((s.closed_at at time zone 'UTC')::date, s.number) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
    and not exists (select from privacy_breach_erasure e where e.breach_id = s.breach_id and e.erased_at is not null)
  order by 2, 1 limit ${most}`;

const finders = {
  'request-files': dueRequests,
  'hold-files': dueHolds,
  'breach-files': dueBreaches,
} as const satisfies Record<FileCode, (tx: Database | Tx, page: DuePage) => Promise<FoundRow[]>>;
