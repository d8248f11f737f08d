/**
 * The facts an incident is classified by, as they come in (all may be missing), and as the rules read them: exact,
 * with null for what is not known. What cannot be is refused with its field and the reason. Pure.
 */
import { readSpan } from './duration-text.ts';
import { figureSentences, ONE, readFigure } from './exact.ts';
import { readMemberState, type MemberState } from './member-states.ts';
import { dataImpacts, type DataImpact } from './thresholds.ts';

type Maybe<T> = T | null | undefined;
/** A count or amount: a number, or decimal text where a number would not be exact. */
export type Figure = number | string;

/** Yes-or-no facts of the reputation (Art 2). */
export const reputationalFacts = [
  'a_media',
  'b_repetitive_complaints',
  'c_regulatory',
  'd_loss_of_clients',
] as const;
type ReputationalFact = (typeof reputationalFacts)[number];

const yesNoFacts = [
  'cs_a_cif_systems',
  'cs_b_authorised_services',
  'cs_c_malicious_access',
  'relevant_clients_or_counterparts_affected',
  'downtime_on_cif_support',
  'data_adverse_on_objectives_or_compliance',
  'malicious_access_succeeded',
  'malicious_access_may_cause_data_loss',
] as const;

/** Counts of whole things. */
const countFacts = [
  'clients_affected',
  'clients_total_service',
  'counterparts_affected',
  'counterparts_total_service',
  'tx_affected_number',
] as const;

/** An average has decimals, as amounts of euros do. */
const amountFacts = [
  'tx_daily_avg_number',
  'tx_affected_value',
  'tx_daily_avg_value',
  'gross_costs_eur',
  'insurance_recovery_eur',
] as const;
const figureFacts = [...countFacts, ...amountFacts] as const;
const spanFacts = ['duration', 'downtime'] as const;

type YesNoFact = (typeof yesNoFacts)[number];
export type FigureName = (typeof figureFacts)[number];
type SpanName = (typeof spanFacts)[number];
export type YesNoName = YesNoFact | `reputational.${ReputationalFact}`;
/** Every fact, those of the reputation with a point in their name. */
export type FactName = YesNoName | FigureName | SpanName | 'member_states_impacted' | 'data_impact';

/** What is known about an incident; what is missing or null is not known. */
export type IncidentFacts = {
  readonly [name in YesNoFact]?: Maybe<boolean>;
} & { readonly [name in FigureName]?: Maybe<Figure> } & {
  /** "DD:HH:MM". */
  readonly [name in SpanName]?: Maybe<string>;
} & {
  readonly reputational?: Maybe<{ readonly [name in ReputationalFact]?: Maybe<boolean> }>;
  /** Codes of the Member States with an impact, the entity's own among them where there is one. */
  readonly member_states_impacted?: Maybe<readonly string[]>;
  readonly data_impact?: Maybe<readonly DataImpact[]>;
};

/** The facts as the rules read them; null is "not known". */
export type ReadFacts = {
  yesNo: Record<YesNoName, boolean | null>;
  /** Units of 10^-24. */
  figures: Record<FigureName, bigint | null>;
  /** Minutes. */
  spans: Record<SpanName, number | null>;
  /** Each once, in the order of the codes. */
  states: readonly MemberState[] | null;
  data: readonly DataImpact[] | null;
};

export type FactFault = { field: string; reason: string };

/** Facts that cannot be, with the field and the reason. */
export class FactError extends Error {
  readonly field: string;
  readonly reason: string;
  constructor({ field, reason }: FactFault, about = '') {
    super(`${about}${field}: ${reason}`);
    this.name = 'FactError';
    this.field = field;
    this.reason = reason;
  }
}

/**
 * Says which fact cannot be: the first in the order of the worksheet, or null. Facts that this list does not know
 * are not looked at, since an incident's file has others beside them.
 */
export function findFactFault(facts: unknown): FactFault | null {
  try {
    readFacts(facts);
    return null;
  } catch (error) {
    if (error instanceof FactError) return { field: error.field, reason: error.reason };
    throw error;
  }
}

/** @throws FactError for the first fact that cannot be. */
export function readFacts(facts: unknown): ReadFacts {
  const given = asRecord('facts', facts) ?? {};
  const reputational = asRecord('reputational', given['reputational']) ?? {};
  const yesNo = Object.fromEntries([
    ...yesNoFacts.map((name) => [name, readYesNo(name, given[name])] as const),
    ...reputationalFacts.map((name) => {
      const field = `reputational.${name}` as const;
      return [field, readYesNo(field, reputational[name])] as const;
    }),
  ]) as Record<YesNoName, boolean | null>;
  const figures = Object.fromEntries(
    figureFacts.map((name) => [name, figureOf(name, given[name])]),
  ) as Record<FigureName, bigint | null>;
  refuseMoreThanAll(figures, 'clients');
  refuseMoreThanAll(figures, 'counterparts');
  return {
    yesNo,
    figures,
    spans: {
      duration: spanOf('duration', given['duration']),
      downtime: spanOf('downtime', given['downtime']),
    },
    states: statesOf(given['member_states_impacted']),
    data: dataOf(given['data_impact']),
  };
}

/** @throws FactError for what is no object. */
export function asRecord(field: string, value: unknown): Record<string, unknown> | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object' || Array.isArray(value))
    throw new FactError({ field, reason: 'This is no list of named facts.' });
  return value as Record<string, unknown>;
}

/** @throws FactError for what is neither yes, no nor missing. */
export function readYesNo(field: string, value: unknown): boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  throw new FactError({ field, reason: 'This is answered by yes or no.' });
}

function figureOf(field: FigureName, value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  const whole = (countFacts as readonly string[]).includes(field);
  const figure = readFigure(value, { whole });
  if (figure.ok) return figure.value;
  throw new FactError({ field, reason: figureSentences[figure.fault] });
}

/** A total of nothing counts as one that nobody has filled in, not as a contradiction. */
function refuseMoreThanAll(
  figures: Record<FigureName, bigint | null>,
  whom: 'clients' | 'counterparts',
): void {
  const affected = figures[`${whom}_affected`];
  const total = figures[`${whom}_total_service`];
  if (affected !== null && total !== null && total > 0n && affected > total)
    throw new FactError({
      field: `${whom}_affected`,
      reason: `More ${whom} are affected (${affected / ONE}) than use the service (${total / ONE}).`,
    });
}

function spanOf(field: SpanName, value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const minutes = typeof value === 'string' ? readSpan(value) : null;
  if (minutes !== null) return minutes;
  throw new FactError({
    field,
    reason:
      'Write days, hours and minutes as DD:HH:MM, with at most 999 days, hours below 24 and minutes below 60.',
  });
}

function listOf(field: string, value: unknown): readonly string[] | null {
  if (value === null || value === undefined) return null;
  if (
    Array.isArray(value) &&
    value.length <= 1_000 &&
    value.every((item) => typeof item === 'string')
  )
    return value;
  throw new FactError({ field, reason: 'This is no list of codes.' });
}

function statesOf(value: unknown): readonly MemberState[] | null {
  const field = 'member_states_impacted';
  const states = listOf(field, value)?.map((text) => {
    const state = readMemberState(text);
    if (state) return state;
    throw new FactError({
      field,
      reason: `${shown(text)} is no Member State. Write the two letters of a state of the EEA, such as DE.`,
    });
  });
  return states ? [...new Set(states)].toSorted() : null;
}

function dataOf(value: unknown): readonly DataImpact[] | null {
  const field = 'data_impact';
  const given = listOf(field, value);
  const unknown = given?.find((item) => !(dataImpacts as readonly string[]).includes(item));
  if (unknown !== undefined)
    throw new FactError({
      field,
      reason: `${shown(unknown)} is not known. Data lose ${dataImpacts.join(', ')}.`,
    });
  return given ? dataImpacts.filter((impact) => given.includes(impact)) : null;
}

/** What somebody typed, short enough for a sentence. */
const shown = (text: string): string =>
  JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
