/** Facts that can be, and facts made worse, for tests of rules that must hold whatever an incident was like. */
import fc from 'fast-check';
import { spanFact } from '../duration-text.ts';
import type { IncidentFacts } from '../facts.ts';
import { memberStates } from '../member-states.ts';
import { dataImpacts } from '../thresholds.ts';

const answer = fc.constantFrom(true, false, null, undefined);
/** Near the limits as often as anywhere. */
const count = fc.oneof(
  fc.constantFrom(null, 0, 8, 9, 10, 100_000, 100_001),
  fc.nat({ max: 1_000_000 }),
);
const money = fc.oneof(
  fc.constantFrom(undefined, 0, 100_000, 100_000.01, '99999.999999999999999999'),
  fc.nat({ max: 100_000_000 }).map((cents) => cents / 100),
);
const span = fc.oneof(
  fc.constantFrom(null, '01:00:00', '01:00:01', '00:02:00', '00:02:01'),
  fc.nat({ max: 99 * 24 * 60 }).map(spanFact),
);

/** A part of a total that is never more than it, except where the total is not known or 0. */
const partOfTotal = fc.tuple(count, count).map(([one, other]) => {
  if (one === null || other === null || other === 0) return [one, other] as const;
  return [Math.min(one, other), Math.max(one, other)] as const;
});

/** Facts that `findFactFault` accepts. */
export const incidentFacts: fc.Arbitrary<IncidentFacts> = fc
  .record({
    yesNo: fc.record(
      {
        cs_a_cif_systems: answer,
        cs_b_authorised_services: answer,
        cs_c_malicious_access: answer,
        relevant_clients_or_counterparts_affected: answer,
        downtime_on_cif_support: answer,
        data_adverse_on_objectives_or_compliance: answer,
        malicious_access_succeeded: answer,
        malicious_access_may_cause_data_loss: answer,
      },
      { requiredKeys: [] },
    ),
    clients: partOfTotal,
    counterparts: partOfTotal,
    more: fc.record(
      {
        tx_affected_number: count,
        tx_daily_avg_number: fc.oneof(count, money),
        tx_affected_value: money,
        tx_daily_avg_value: money,
        gross_costs_eur: money,
        insurance_recovery_eur: money,
        duration: span,
        downtime: span,
        reputational: fc.record(
          {
            a_media: answer,
            b_repetitive_complaints: answer,
            c_regulatory: answer,
            d_loss_of_clients: answer,
          },
          { requiredKeys: [] },
        ),
        member_states_impacted: fc.array(fc.constantFrom(...Object.keys(memberStates)), {
          maxLength: 4,
        }),
        data_impact: fc.array(fc.constantFrom(...dataImpacts), { maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ yesNo, clients, counterparts, more }) => ({
    ...yesNo,
    ...more,
    clients_affected: clients[0],
    clients_total_service: clients[1],
    counterparts_affected: counterparts[0],
    counterparts_total_service: counterparts[1],
  }));

/** An incident that is worse in some respects and better in none. */
export const worsened = (facts: IncidentFacts): fc.Arbitrary<IncidentFacts> =>
  fc
    .subarray(changesForTheWorse)
    .map((changes) => changes.reduce((sofar, change) => change(sofar), facts));

type Change = (facts: IncidentFacts) => IncidentFacts;
const yes =
  (...names: (keyof IncidentFacts)[]): Change =>
  (facts) => ({ ...facts, ...Object.fromEntries(names.map((name) => [name, true])) });
/** Everybody where that is known, else more than none. */
const most = (affected: unknown, total: unknown): number =>
  Number(total ?? 0) || Number(affected ?? 5);
const twice = (figure: unknown): number => Number(figure ?? 0) * 2 + 1;
const longer = (text: string | null | undefined): string =>
  text ? text.replace(/^\d+/, (days) => String(Number(days) + 1).padStart(2, '0')) : '03:00:00';

const changesForTheWorse: Change[] = [
  yes('cs_a_cif_systems'),
  yes('cs_b_authorised_services'),
  // One answer of a pair; the other stays as it was.
  yes('malicious_access_succeeded'),
  yes('malicious_access_may_cause_data_loss'),
  yes('cs_c_malicious_access'),
  yes('relevant_clients_or_counterparts_affected'),
  yes('downtime_on_cif_support'),
  yes('data_adverse_on_objectives_or_compliance'),
  (facts) => ({
    ...facts,
    clients_affected: most(facts.clients_affected, facts.clients_total_service),
  }),
  (facts) => ({
    ...facts,
    // All of them, however many that are.
    clients_total_service: facts.clients_affected,
  }),
  (facts) => ({
    ...facts,
    counterparts_affected: most(facts.counterparts_affected, facts.counterparts_total_service),
  }),
  (facts) => ({ ...facts, tx_affected_number: Math.ceil(twice(facts.tx_affected_number)) }),
  (facts) => ({ ...facts, tx_affected_value: twice(facts.tx_affected_value) }),
  (facts) => ({ ...facts, gross_costs_eur: twice(facts.gross_costs_eur) }),
  (facts) => ({ ...facts, duration: longer(facts.duration) }),
  (facts) => ({ ...facts, downtime: longer(facts.downtime) }),
  (facts) => ({ ...facts, reputational: { ...facts.reputational, a_media: true } }),
  (facts) => ({
    ...facts,
    member_states_impacted: [...(facts.member_states_impacted ?? []), 'DE'],
  }),
  (facts) => ({ ...facts, data_impact: [...(facts.data_impact ?? []), 'integrity'] }),
];
