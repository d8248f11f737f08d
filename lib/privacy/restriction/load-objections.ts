import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type StoppedPurpose = {
  /** Number and name of the activity, and its purpose, as they were. */
  number: string;
  activity: string;
  purpose: string;
  since: Date;
  by: string;
};

const shownMax = 100;

/** What somebody objected to with reason (Art 21(1)), the newest first. @param about whose, or by which request. */
export const loadObjections = (
  db: Pick<Database | Tx, '$queryRaw'>,
  about: { personId: string } | { requestId: string },
): Promise<StoppedPurpose[]> => {
  const person = 'personId' in about ? about.personId : null;
  const request = 'requestId' in about ? about.requestId : null;
  return db.$queryRaw<StoppedPurpose[]>`
    select r.number, v.facts ->> 'name' as activity, o.since, o.stopped_by as by,
        v.facts #>> array['purposes', o.place::text, 'purpose'] as purpose
      from person_objection o join resilience_record r on r.id = o.activity_id
        join resilience_version v on v.record_id = o.activity_id and v.version = o.version
      where o.person_id = ${person} or o.request_id = ${request}::uuid
      order by o.since desc, r.number, o.place limit ${shownMax}`;
};
