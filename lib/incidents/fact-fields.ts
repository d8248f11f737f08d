/** The questions of the classification worksheet in the order in which they are asked. Pure data, no screens. */
import type { CriterionId } from './criteria.ts';
import type { FactName } from './facts.ts';
import { threatFields, type ThreatGroup } from './threat-fields.ts';
import { dataImpacts, type DataImpact } from './thresholds.ts';

export type FactKind =
  | 'yes-no'
  /** Whole things. */
  | 'count'
  /** Things per day, with decimals. */
  | 'average'
  | 'money-eur'
  /** "DD:HH:MM". */
  | 'duration'
  /** Codes of Member States. */
  | 'states'
  /** Any of `choices`. */
  | 'choice';

export type FactField = {
  label: string;
  kind: FactKind;
  /** The criterion that it decides; for a threat the condition. */
  group: CriterionId | ThreatGroup;
  /** Article of 2024/1772. */
  article: string;
  help: string;
  choices?: Readonly<Record<string, string>>;
};

const impactNames: Readonly<Record<DataImpact, string>> = {
  availability: 'Availability: data that are wanted cannot be reached or used, even for a time',
  authenticity: 'Authenticity: the source of the data can no longer be trusted',
  integrity: 'Integrity: data were changed without authorisation and are wrong or incomplete',
  confidentiality: 'Confidentiality: data were seen by somebody or something that may not see them',
};

export const factFields: Readonly<Record<FactName, FactField>> = {
  cs_a_cif_systems: {
    label: 'Systems that support critical or important functions are affected',
    kind: 'yes-no',
    group: 'critical_services_affected',
    article: '6(a)',
    help: 'The asset map says which functions a system supports.',
  },
  cs_b_authorised_services: {
    label: 'Services that need authorisation are affected',
    kind: 'yes-no',
    group: 'critical_services_affected',
    article: '6(b)',
    help: 'Custody and transfer of crypto-assets for clients need authorisation, so nearly every incident on them is a yes.',
  },
  cs_c_malicious_access: {
    label: "Somebody got into the entity's systems, with intent and without authorisation",
    kind: 'yes-no',
    group: 'critical_services_affected',
    article: '6(c)',
    help: 'Yes when it succeeded, whatever it led to. An attempt that was stopped is a no.',
  },
  clients_affected: {
    label: 'Clients affected',
    kind: 'count',
    group: 'clients_counterparts_transactions',
    article: '9(1)(a) and (b)',
    help: 'All who cannot or could not use the service or were harmed, beneficiaries of the contract included. Estimate from comparable periods where you cannot count.',
  },
  clients_total_service: {
    label: 'Clients who use the affected service',
    kind: 'count',
    group: 'clients_counterparts_transactions',
    article: '9(1)(a)',
    help: 'All of them, affected or not. Leave it out rather than enter 0 when it is not known.',
  },
  counterparts_affected: {
    label: 'Financial counterparts affected',
    kind: 'count',
    group: 'clients_counterparts_transactions',
    article: '9(1)(c)',
    help: 'Those that have a contract with this entity.',
  },
  counterparts_total_service: {
    label: 'Financial counterparts active in the affected service',
    kind: 'count',
    group: 'clients_counterparts_transactions',
    article: '9(1)(c)',
    help: 'All of them, affected or not. Leave it out rather than enter 0 when it is not known.',
  },
  tx_affected_number: {
    label: 'Transactions affected',
    kind: 'count',
    group: 'clients_counterparts_transactions',
    article: '9(1)(d)',
    help: 'Those with an amount of money and at least one leg in the Union.',
  },
  tx_daily_avg_number: {
    label: 'Transactions of the service on an average day',
    kind: 'average',
    group: 'clients_counterparts_transactions',
    article: '9(1)(d)',
    help: 'Enter 0 only if the service really had none: any affected transaction is then more than 10 %.',
  },
  tx_affected_value: {
    label: 'Value of the transactions affected',
    kind: 'money-eur',
    group: 'clients_counterparts_transactions',
    article: '9(1)(e)',
    help: 'In euros, at the rate of the moment of the incident.',
  },
  tx_daily_avg_value: {
    label: 'Value of the transactions of the service on an average day',
    kind: 'money-eur',
    group: 'clients_counterparts_transactions',
    article: '9(1)(e)',
    help: 'In euros. Enter 0 only if the service really had none.',
  },
  relevant_clients_or_counterparts_affected: {
    label: 'A client or counterpart that counts as relevant is affected',
    kind: 'yes-no',
    group: 'clients_counterparts_transactions',
    article: '9(1)(f)',
    help: 'One whose trouble would trouble the business of this entity or the market. One is enough.',
  },
  'reputational.a_media': {
    label: 'The media reported it',
    kind: 'yes-no',
    group: 'reputational_impact',
    article: '2(a)',
    help: 'Press, broadcasters, news sites; posts that many people shared, too. Add what you saw as evidence.',
  },
  'reputational.b_repetitive_complaints': {
    label: 'Different clients or counterparts complained repeatedly',
    kind: 'yes-no',
    group: 'reputational_impact',
    article: '2(b)',
    help: 'About services that face clients, or about critical business relations.',
  },
  'reputational.c_regulatory': {
    label: 'Regulatory requirements are not met, or likely will not be',
    kind: 'yes-no',
    group: 'reputational_impact',
    article: '2(c)',
    help: 'As a consequence of this incident.',
  },
  'reputational.d_loss_of_clients': {
    label: 'Clients or counterparts are lost, or likely will be',
    kind: 'yes-no',
    group: 'reputational_impact',
    article: '2(d)',
    help: 'Only where that has a material impact on the business.',
  },
  duration: {
    label: 'Duration of the incident',
    kind: 'duration',
    group: 'duration_downtime',
    article: '9(3)(a)',
    help: 'From when it began to when it was resolved. If the beginning is not known, from when it was noticed or from the first trace in the logs, whichever is earlier. Estimate while it lasts.',
  },
  downtime: {
    label: 'Downtime of the service',
    kind: 'duration',
    group: 'duration_downtime',
    article: '9(3)(b)',
    help: 'From when the service was not fully available until it was as before, a backlog worked off included.',
  },
  downtime_on_cif_support: {
    label: 'The services that were down support critical or important functions',
    kind: 'yes-no',
    group: 'duration_downtime',
    article: '9(3)(b)',
    help: 'The downtime counts only then.',
  },
  member_states_impacted: {
    label: 'Member States with an impact',
    kind: 'states',
    group: 'geographical_spread',
    article: '9(4)',
    help: "States of the EEA where clients, counterparts, branches, group entities, market infrastructures or providers felt it. The entity's own state is one of them where it was felt there.",
  },
  data_impact: {
    label: 'Impact on data',
    kind: 'choice',
    group: 'data_losses',
    article: '9(5)(a)',
    help: 'Choose all that apply; choose none where data were not touched.',
    choices: Object.fromEntries(dataImpacts.map((impact) => [impact, impactNames[impact]])),
  },
  data_adverse_on_objectives_or_compliance: {
    label: 'That impact harms business objectives or the meeting of regulatory requirements',
    kind: 'yes-no',
    group: 'data_losses',
    article: '9(5)(a)',
    help: 'Yes where it does already, and where it will.',
  },
  malicious_access_succeeded: {
    label: 'A malicious, unauthorised access to network and information systems succeeded',
    kind: 'yes-no',
    group: 'malicious_access_9_5_b',
    article: '9(5)(b)',
    help: "Systems of a provider count here, too. Left unanswered, it follows from the answer about the entity's own systems.",
  },
  malicious_access_may_cause_data_loss: {
    label: 'That access may lead to data losses',
    kind: 'yes-no',
    group: 'malicious_access_9_5_b',
    article: '9(5)(b)',
    help: 'It need not have led to any. With critical services affected, a yes makes the incident major by itself.',
  },
  gross_costs_eur: {
    label: 'Gross costs and losses',
    kind: 'money-eur',
    group: 'economic_impact',
    article: '9(6)',
    help: 'In euros, before recoveries: assets lost that the entity is liable for, replacements, staff, penalties, redress, forgone revenue, communication, advice. Not: upkeep, improvements, insurance premiums. Estimate what is likely to come.',
  },
  insurance_recovery_eur: {
    label: 'Recovered from insurance and others',
    kind: 'money-eur',
    group: 'economic_impact',
    article: '7(1)',
    help: 'In euros. It is reported, and takes nothing from the costs that decide.',
  },
};

/** In the order in which they are asked. */
export const factNames = Object.keys(factFields) as readonly FactName[];

/** The question of either worksheet with that name; null where there is none. */
export function factField(name: string): FactField | null {
  if (Object.hasOwn(factFields, name)) return factFields[name as FactName];
  if (!Object.hasOwn(threatFields, name)) return null;
  return { kind: 'yes-no', ...threatFields[name as keyof typeof threatFields] };
}
