/** The worksheet's verdict on the facts as they stand, and how it is kept. Pure but for the digest. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import { classifyIncident, type Classification } from '../classification.ts';
import { assessThreat, type ThreatAssessment } from '../cyber-threat.ts';
import type { EventFacts } from '../desk/event.ts';
import { rulesVersion } from '../thresholds.ts';
import { classificationFacts, threatFactsOf, type Facts } from './known-facts.ts';

export type Assessment =
  | ({ sort: 'incident'; digest: string } & Classification)
  | ({ sort: 'threat'; digest: string } & ThreatAssessment);

/** Assesses an incident by Art 1 to 9, a threat by Art 10 of Delegated Regulation 2024/1772. */
export function assess(sort: 'incident' | 'threat', facts: Facts): Assessment {
  if (sort === 'threat') {
    const threat = threatFactsOf(facts);
    return { sort, digest: digestOf(sort, threat), ...assessThreat(threat) };
  }
  const said = classificationFacts(facts);
  return { sort, digest: digestOf(sort, said), ...classifyIncident(said) };
}

/** Figures as text, so that each has one way to be written. */
const digestOf = (sort: string, facts: object): string =>
  contentDigest({
    type: 'countersign/worksheet/v1',
    sort,
    facts: JSON.stringify(facts, (_, value: unknown) =>
      typeof value === 'number' ? String(value) : value,
    ),
  });

/** What an event says of an assessment. */
export function summaryOf(
  assessment: Assessment,
): Pick<EventFacts<'assessed'>, 'major' | 'route' | 'met' | 'digest' | 'rules'> {
  const met = assessment.criteria.filter((one) => one.met).map(({ id }) => id);
  const { digest } = assessment;
  return assessment.sort === 'incident'
    ? { rules: rulesVersion, major: assessment.major, route: assessment.route, met, digest }
    : {
        major: assessment.significant,
        route: assessment.significant ? '10(1)' : 'not significant',
        met,
        digest,
        rules: rulesVersion,
      };
}
