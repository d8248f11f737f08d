/** What the rules of a report have to know beside the document. Pure. */
import type { IncidentFile } from '../desk/load-incident.ts';
import type { EntityProfile } from '../entity/load-profile.ts';
import { minutesOf } from '../report/figures.ts';
import type { ReportContext } from '../report-rules.ts';
import { isStated } from '../worksheet/stated.ts';

/** Detailed cause (field 4.2) of what began at somebody else. */
const outside = 'external_event_third_party_failures';

/**
 * What the profile, the file and the clock say of an incident; what nobody has said is left out, so that no rule
 * takes it for a no.
 * @param hasAuthorityCode whether a receipt gave the authority's own reference.
 */
export function reportContext(
  { standing, source }: Pick<IncidentFile, 'standing' | 'source'>,
  profile: EntityProfile | null,
  { now, hasAuthorityCode }: { now: Date; hasAuthorityCode: boolean },
): ReportContext {
  const stated = (name: string): unknown => {
    const fact = standing.facts[name];
    return isStated(fact) ? fact.value : undefined;
  };
  const relevant = stated('relevant_clients_or_counterparts_affected');
  const downtime = minutesOf(stated('downtime'));
  return {
    now: now.toISOString(),
    ...(profile === null
      ? {}
      : { group: profile.facts.parent !== null, nis2: profile.facts.nis2Since !== null }),
    ...(hasAuthorityCode ? { authorityCode: true } : {}),
    ...(typeof relevant === 'boolean' ? { relevantAffected: relevant } : {}),
    ...(downtime === null ? {} : { downtime: downtime > 0 }),
    ...(stated('root_cause') === outside ? { thirdPartyOrigin: true } : {}),
    recurring: source === 'recurring',
  };
}
