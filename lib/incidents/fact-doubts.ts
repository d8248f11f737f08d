/**
 * Answers that contradict each other without being impossible. The worksheet shows them to the person who fills it
 * in; the verdict is drawn all the same, from what was answered. Pure.
 */
import { readFacts, type IncidentFacts } from './facts.ts';

export type FactDoubt = { fields: readonly string[]; sentence: string };

/** @throws FactError for facts that cannot be. */
export function findFactDoubts(facts: IncidentFacts): FactDoubt[] {
  const { yesNo, figures, spans, data } = readFacts(facts);
  const doubts: FactDoubt[] = [];
  if (yesNo.cs_c_malicious_access === true && yesNo.malicious_access_succeeded === false)
    doubts.push({
      fields: ['cs_c_malicious_access', 'malicious_access_succeeded'],
      sentence:
        "A successful malicious access to the entity's systems is reported, and at the same time that none succeeded. As long as the second answer stands, Art 9(5)(b) is not met.",
    });
  if (spans.downtime !== null && spans.downtime > 0 && yesNo.downtime_on_cif_support === null)
    doubts.push({
      fields: ['downtime', 'downtime_on_cif_support'],
      sentence:
        'There was a downtime, but nobody has said whether the services support critical or important functions. Only then does it count.',
    });
  if (data !== null && data.length === 0 && yesNo.data_adverse_on_objectives_or_compliance === true)
    doubts.push({
      fields: ['data_impact', 'data_adverse_on_objectives_or_compliance'],
      sentence: 'An adverse effect of data losses is reported, but no impact on data.',
    });
  for (const whom of ['clients', 'counterparts'] as const)
    if ((figures[`${whom}_affected`] ?? 0n) > 0n && figures[`${whom}_total_service`] === 0n)
      doubts.push({
        fields: [`${whom}_affected`, `${whom}_total_service`],
        sentence: `${whom === 'clients' ? 'Clients' : 'Counterparts'} are affected, and the service is said to have none. A total of 0 counts as not known, so their share is not reckoned.`,
      });
  const gross = figures.gross_costs_eur;
  const recovered = figures.insurance_recovery_eur;
  if (gross !== null && recovered !== null && recovered > gross)
    doubts.push({
      fields: ['gross_costs_eur', 'insurance_recovery_eur'],
      sentence: 'More is recovered than was lost. The costs are wanted gross, before any recovery.',
    });
  return doubts;
}
