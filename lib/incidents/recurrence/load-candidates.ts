/** Incidents that may recur: not major one by one, of a known cause, of the months that count. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { findFactFault } from '../facts.ts';
import { eventFacts } from '../desk/event.ts';
import type { StandingFact } from '../desk/fold.ts';
import type { OccurredIncident } from '../recurring.ts';
import { classificationFacts } from '../worksheet/known-facts.ts';

export type Candidate = OccurredIncident & { number: string };

/** More than a custodian should ever have in the months that are looked at; beyond it the newest are. */
const candidatesMax = 20_000;

/** @param since the earliest occurrence that is looked at. */
export async function loadCandidates(tx: Tx, since: Date): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<{ id: string; number: string; cause: string; occurred: Date }[]>`
    select incident_id as id, number, cause, coalesce(occurred_at, detected_at) as occurred
      from incident_standing
      where sort = 'incident' and source <> 'recurring' and state <> 'dropped' and class <> 'major'
        and cause is not null
        -- Nothing is noticed before it occurs, and by this the index finds it.
        and detected_at >= ${since} and coalesce(occurred_at, detected_at) >= ${since}
      order by coalesce(occurred_at, detected_at) desc, incident_id limit ${candidatesMax}`;
  const facts = await loadFacts(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, number, cause, occurred }) => {
    const known = facts.get(id);
    const read = known === null ? null : classificationFacts(known ?? {});
    if (read !== null && findFactFault(read) === null)
      return [{ id, number, occurred_on: occurred.toISOString(), root_cause: cause, facts: read }];
    log.error({ incident: number }, 'facts of an incident can’t be read, it recurs with nothing');
    return [];
  });
}

/** The newest of each fact, by incident; null where what was recorded can't be: it was written past this program. */
async function loadFacts(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Record<string, StandingFact> | null>> {
  const events = await tx.incidentEvent.findMany({
    where: { incidentId: { in: [...ids] }, kind: 'facts-recorded' },
    orderBy: [{ incidentId: 'asc' }, { seq: 'asc' }],
  });
  const found = new Map<string, Record<string, StandingFact> | null>();
  for (const { incidentId, seq, actor, at, facts } of events) {
    const recorded = eventFacts['facts-recorded'].safeParse(facts);
    const before = found.get(incidentId);
    if (!recorded.success || before === null) {
      found.set(incidentId, null);
      continue;
    }
    const known = before ?? {};
    for (const [name, entry] of Object.entries(recorded.data.facts))
      known[name] = { ...entry, by: actor, at: at.toISOString(), seq };
    found.set(incidentId, known);
  }
  return found;
}
