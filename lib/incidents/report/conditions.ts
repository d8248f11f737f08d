/** When the conditional fields of ITS 2025/302 Annex II are due. Pure. */
import { isLei } from '#lib/platform/lei.ts';
import { thresholds } from '../thresholds.ts';
import { RECLASSIFIED } from './fields.ts';
import type { ConditionId, FieldNo, ReportValues } from './field-types.ts';
import { minutesOf } from './figures.ts';

/** What a report doesn't say itself; what is left out is not known. */
export type ReportContext = {
  /** The instant of the check, ISO 8601: nothing that happened lies after it. */
  now?: string;
  /** True where the affected entity belongs to a group. */
  group?: boolean;
  /** True where one report stands for several entities. */
  aggregated?: boolean;
  /** True where the incident began at a third-party provider or another financial entity. */
  thirdPartyOrigin?: boolean;
  /** True where the authority has given its own reference. */
  authorityCode?: boolean;
  /** True where the relevance threshold of 2024/1772 Art 9(1)(f) is met. */
  relevantAffected?: boolean;
  /** True where the incident caused downtime. */
  downtime?: boolean;
  /** True for an entity in the scope of NIS2. */
  nis2?: boolean;
  /** True for an entity under Directive 2014/59/EU whose critical functions are at risk. */
  resolutionRisk?: boolean;
  resolvability?: boolean;
  /** True where the incident is made of recurring ones (2024/1772 Art 8(2)). */
  recurring?: boolean;
};

/** Says whether a field has been filled in: blank text and empty lists have not. */
export function isFilled(values: ReportValues, no: FieldNo): boolean {
  const value = values[no];
  if (value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'boolean' || value.length > 0;
}

/** The values of a closed list that a field holds. */
export function listOf(values: ReportValues, no: FieldNo): readonly string[] {
  const value = values[no];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

const has = (values: ReportValues, no: FieldNo, choice: string): boolean =>
  listOf(values, no).includes(choice);

/** True where any of several fields is filled, else what the context knows, else null. */
const filledOr = (
  values: ReportValues,
  fields: readonly FieldNo[],
  known: boolean | undefined,
): boolean | null => (fields.some((no) => isFilled(values, no)) ? true : (known ?? null));

/** A financial entity has an LEI, so what is no LEI names a third party that reports for it. */
const isSubmittedByAnother = (values: ReportValues): boolean =>
  isFilled(values, '1.3') && !isLei(String(values['1.3']));

/** The criterion of duration, where the duration itself does not meet it: a downtime has to. */
function restsOnDowntime(values: ReportValues): boolean {
  const duration = minutesOf(values['3.15']);
  return (
    duration !== null &&
    duration <= thresholds.duration.limit &&
    has(values, '2.5', 'duration_and_service_downtime')
  );
}

type Condition = {
  /** When the field is due, as a sentence for people. */
  sentence: string;
  /** Null where neither the report nor the context says whether it is. */
  holds: (values: ReportValues, context: ReportContext) => boolean | null;
};

const NO_TRANSACTIONS = 'no_impact_on_transactions';

function transactionsAffected(values: ReportValues): boolean | null {
  const stated = listOf(values, '3.12');
  if (stated.some((value) => value.endsWith('_for_transactions_affected'))) return true;
  const isSomething = (no: FieldNo) => isFilled(values, no) && values[no] !== '0';
  if (['3.9', '3.10', '3.11'].some((no) => isSomething(no as FieldNo)))
    // The contradiction is another rule's; missing figures would only repeat it.
    return !stated.includes(NO_TRANSACTIONS);
  return stated.includes(NO_TRANSACTIONS) ? false : null;
}

const otherCauses = [
  'process_failure_other',
  'system_failure_other',
  'human_error_other',
  'external_event_other',
];

/** The process failures 2(a), (c), (d) and (g) of 4.2, which 4.3 details. */
export const DETAILED_BY_4_3: readonly string[] = [
  'process_failure_insufficient_monitoring_or_failure_of_monitoring_and_control',
  'process_failure_ICT_risk_management_process_failure',
  'process_failure_insufficient_or_failure_of_ict_operations_and_ict_security_operations',
  'process_failure_inadequate_ict_systems_acquisition_development_and_maintenance',
];

export const CONDITIONS: Readonly<Record<ConditionId, Condition>> = {
  'another-entity': {
    sentence: 'somebody else than the affected entity submits, or the report is aggregated',
    holds: (values, { aggregated }) =>
      isSubmittedByAnother(values) || filledOr(values, ['1.5', '1.6'], aggregated),
  },
  group: {
    sentence: 'the affected entity belongs to a group',
    holds: (values, { group }) => filledOr(values, ['1.13', '1.14'], group),
  },
  spread: {
    sentence: 'geographical spread is one of the criteria met',
    holds: (values) => has(values, '2.5', 'geographical_spread'),
  },
  'third-party-origin': {
    sentence: 'the incident began at a third-party provider or another financial entity',
    holds: (_values, { thirdPartyOrigin }) => thirdPartyOrigin ?? null,
  },
  'other-information': {
    sentence: 'the incident is reclassified as non-major, or there is more to say',
    holds: (values) => (values['1.1'] === RECLASSIFIED ? true : null),
  },
  'authority-code': {
    sentence: 'the authority has given the incident a reference',
    holds: (_values, { authorityCode }) => authorityCode ?? null,
  },
  'downtime-stated': {
    sentence: 'a downtime is stated',
    holds: (values) => isFilled(values, '3.16') && minutesOf(values['3.16']) !== 0,
  },
  'relevant-affected': {
    sentence: 'a relevant client or counterpart is affected',
    holds: (_values, { relevantAffected }) => relevantAffected ?? null,
  },
  'transactions-affected': {
    sentence: 'transactions are affected',
    holds: transactionsAffected,
  },
  reputational: {
    sentence: 'reputational impact is one of the criteria met',
    holds: (values) => has(values, '2.5', 'reputational_impact'),
  },
  downtime: {
    sentence: 'a service was down, or the criterion of duration can be met by a downtime alone',
    holds: (values, { downtime }) => restsOnDowntime(values) || filledOr(values, ['3.3'], downtime),
  },
  duration: {
    sentence: 'duration and service downtime is one of the criteria met',
    holds: (values) => has(values, '2.5', 'duration_and_service_downtime'),
  },
  'data-losses': {
    sentence: 'data losses is one of the criteria met',
    holds: (values) => has(values, '2.5', 'data_losses'),
  },
  'type-other': {
    sentence: 'the kind of incident is other',
    holds: (values) => has(values, '3.23', 'other'),
  },
  cyber: {
    sentence: 'the incident is cybersecurity-related',
    holds: (values) => has(values, '3.23', 'cybersecurity-related'),
  },
  'technique-other': {
    sentence: 'a technique is other',
    holds: (values) => has(values, '3.25', 'other'),
  },
  components: {
    sentence: 'infrastructure components are affected',
    holds: (values) => values['3.28'] === 'yes',
  },
  'authority-other': {
    sentence: 'another authority was told that the list doesn’t name',
    holds: (values) => has(values, '3.31', 'other'),
  },
  measures: {
    sentence: 'temporary measures were taken or are planned',
    holds: (values) => values['3.33'] === true,
  },
  indicators: {
    sentence: 'the incident is cybersecurity-related and the entity is in the scope of NIS2',
    holds: (values, { nis2 }) => has(values, '3.23', 'cybersecurity-related') && (nis2 ?? null),
  },
  'process-failure': {
    sentence:
      'a root cause is a failure of monitoring, of risk management, of operations, or of acquisition, development and maintenance',
    holds: (values) => listOf(values, '4.2').some((value) => DETAILED_BY_4_3.includes(value)),
  },
  'cause-other': {
    sentence: 'a detailed root cause is other',
    holds: (values) => listOf(values, '4.2').some((value) => otherCauses.includes(value)),
  },
  'resolution-risk': {
    sentence: 'the entity falls under Directive 2014/59/EU and its critical functions are at risk',
    holds: (_values, { resolutionRisk }) => resolutionRisk ?? null,
  },
  resolvability: {
    sentence: 'the incident affects whether the entity or group can be resolved',
    holds: (_values, { resolvability }) => resolvability ?? null,
  },
  recurring: {
    sentence: 'the incident is made of recurring ones that are not major alone',
    holds: (values, { recurring }) => filledOr(values, ['4.15', '4.16'], recurring),
  },
};
