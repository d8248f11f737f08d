/**
 * What several incidents come to together (Art 8(2)(c)). The act does not say how to add them up; the choices are in
 * docs/incidents.md. They are made so that one more incident never makes the whole look better. Pure.
 */
import { LARGEST } from './exact.ts';
import type { FigureName, ReadFacts, YesNoName } from './facts.ts';
import { accessSucceeded, anyOf, dataLosses, maliciousAccess, type Verdict } from './judge.ts';
import type { MemberState } from './member-states.ts';
import { meetsLimit, thresholds, type DataImpact } from './thresholds.ts';

/** Each with what its share is taken of. */
const shares = [
  ['clients_affected', 'clients_total_service'],
  ['counterparts_affected', 'counterparts_total_service'],
  ['tx_affected_number', 'tx_daily_avg_number'],
  ['tx_affected_value', 'tx_daily_avg_value'],
] as const satisfies readonly (readonly [FigureName, FigureName])[];
const sums = [
  ...shares.map(([part]) => part),
  'gross_costs_eur',
  'insurance_recovery_eur',
] as const;
type SumName = (typeof sums)[number];
type TotalName = (typeof shares)[number][1];

/** What some incidents come to so far; two of these merge into one. */
export type Combined = {
  yesNo: Record<YesNoName, Verdict>;
  sums: Record<SumName, bigint | null>;
  /** The smallest total of incidents with something affected, and of the others. */
  totals: Record<TotalName, { touched: bigint | null; others: bigint | null }>;
  duration: number | null;
  /** The longest downtime by whether critical or important functions were supported. */
  downtime: { counted: number | null; unknown: number | null; other: number | null };
  states: readonly MemberState[] | null;
  data: readonly DataImpact[] | null;
  /** Impacts of the incidents whose own impact had an adverse effect. */
  harmed: readonly DataImpact[] | null;
  losses: Verdict;
  succeeded: Verdict;
  access: Verdict;
};

/** One incident, ready to be merged with others. */
export function combinedOf(facts: ReadFacts): Combined {
  const { yesNo, figures, spans } = facts;
  const losses = dataLosses(facts);
  const supports = yesNo.downtime_on_cif_support;
  return {
    yesNo,
    sums: Object.fromEntries(sums.map((name) => [name, figures[name]])) as Combined['sums'],
    totals: Object.fromEntries(
      shares.map(([part, total]) => [total, totalOf(figures, part, total)]),
    ) as Combined['totals'],
    duration: spans.duration,
    downtime: {
      counted: supports === true ? spans.downtime : null,
      unknown: supports === null ? spans.downtime : null,
      other: supports === false ? spans.downtime : null,
    },
    states: facts.states,
    data: facts.data,
    harmed: losses === true ? facts.data : null,
    losses,
    succeeded: accessSucceeded(facts),
    access: maliciousAccess(facts),
  };
}

function totalOf(
  figures: ReadFacts['figures'],
  part: FigureName,
  total: FigureName,
): Combined['totals'][TotalName] {
  // Of nobody is a total that is not known; an average of nothing is a figure.
  const isUnknown = figures[total] === 0n && !total.startsWith('tx_daily_avg');
  const value = isUnknown ? null : figures[total];
  return (figures[part] ?? 0n) > 0n
    ? { touched: value, others: null }
    : { touched: null, others: value };
}

/** Merges two; the order of the two does not matter. */
export function mergeCombined(one: Combined, other: Combined): Combined {
  const yesNo = { ...one.yesNo };
  for (const name in yesNo) {
    const key = name as YesNoName;
    if (yesNo[key] !== true) yesNo[key] = anyOf([yesNo[key], other.yesNo[key]]);
  }
  const added = { ...one.sums };
  for (const name of sums) added[name] = plus(added[name], other.sums[name]);
  const totals = { ...one.totals };
  for (const [, name] of shares)
    totals[name] = {
      touched: smaller(totals[name].touched, other.totals[name].touched),
      others: smaller(totals[name].others, other.totals[name].others),
    };
  return {
    yesNo,
    sums: added,
    totals,
    duration: larger(one.duration, other.duration),
    downtime: {
      counted: larger(one.downtime.counted, other.downtime.counted),
      unknown: larger(one.downtime.unknown, other.downtime.unknown),
      other: larger(one.downtime.other, other.downtime.other),
    },
    states: union(one.states, other.states),
    data: union(one.data, other.data),
    harmed: union(one.harmed, other.harmed),
    losses: anyOf([one.losses, other.losses]),
    succeeded: anyOf([one.succeeded, other.succeeded]),
    access: anyOf([one.access, other.access]),
  };
}

/** The facts of all of them as those of one incident. */
export function factsOfCombined(all: Combined): ReadFacts {
  const figures = Object.fromEntries(
    sums.map((name) => [name, least(all.sums[name], LARGEST)]),
  ) as Record<FigureName, bigint | null>;
  for (const [part, total] of shares) {
    const { touched, others } = all.totals[total];
    figures[total] = (figures[part] ?? 0n) > 0n ? touched : others;
    // The same client may have been hit each time; no more than all of them can have been.
    if (!total.startsWith('tx_daily_avg')) figures[part] = least(figures[part], figures[total]);
  }
  const { downtime, isSupporting } = downtimeOf(all);
  return {
    yesNo: {
      ...all.yesNo,
      downtime_on_cif_support: isSupporting,
      ...harmOf(all),
      ...accessOf(all),
    },
    figures,
    spans: { duration: all.duration, downtime },
    states: all.states?.toSorted() ?? null,
    data: dataOf(all),
  };
}

/** A downtime counts with the services it was of: a long one of others and a short one of these make no long one. */
function downtimeOf({ downtime, yesNo }: Combined): {
  downtime: number | null;
  isSupporting: Verdict;
} {
  const { counted, unknown, other } = downtime;
  const { compare, limit } = thresholds.downtime;
  const isMet = counted !== null && meetsLimit(BigInt(counted), compare, BigInt(limit));
  if (counted !== null && (isMet || unknown === null || unknown <= counted))
    return { downtime: counted, isSupporting: true };
  if (unknown !== null) return { downtime: unknown, isSupporting: null };
  if (other !== null) return { downtime: other, isSupporting: false };
  return { downtime: null, isSupporting: yesNo.downtime_on_cif_support };
}

/** An impact in one incident and an adverse effect in another are no data loss: each counts with its own. */
function dataOf(all: Combined): readonly DataImpact[] | null {
  if (all.losses === true) return all.harmed;
  return all.losses === null && all.data?.length === 0 ? null : all.data;
}

function harmOf(
  all: Combined,
): Pick<ReadFacts['yesNo'], 'data_adverse_on_objectives_or_compliance'> {
  const stated = all.yesNo.data_adverse_on_objectives_or_compliance;
  const isImpact = all.data !== null && all.data.length > 0;
  const paired = all.losses ?? null;
  return {
    data_adverse_on_objectives_or_compliance: paired === true ? true : isImpact ? paired : stated,
  };
}

/** So do an access that succeeded in one and one that might have lost data in another. */
function accessOf(
  all: Combined,
): Pick<ReadFacts['yesNo'], 'malicious_access_succeeded' | 'malicious_access_may_cause_data_loss'> {
  const may = all.yesNo.malicious_access_may_cause_data_loss;
  // Left unanswered, it would follow from Art 6(c) of another incident that said otherwise.
  const succeeded =
    all.succeeded === null && all.yesNo.cs_c_malicious_access === true ? false : all.succeeded;
  const mayLose = {
    true: true,
    null: succeeded === true ? null : may,
    false: succeeded === false ? may : false,
  }[`${all.access}` as const];
  return { malicious_access_succeeded: succeeded, malicious_access_may_cause_data_loss: mayLose };
}

function plus(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one ?? other;
  return one + other;
}

function smaller(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** At most; what is not known stays so. */
const least = (figure: bigint | null, most: bigint | null): bigint | null =>
  figure === null ? null : smaller(figure, most);

function larger(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function union<T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  if (one === null || other === null) return one ?? other;
  const more = other.filter((item) => !one.includes(item));
  return more.length === 0 ? one : [...one, ...more];
}
