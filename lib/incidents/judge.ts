/** The test of Delegated Regulation 2024/1772 Art 6, 8 and 9 on facts that were read. Pure; no words, only verdicts. */
import { ONE } from './exact.ts';
import type { FigureName, ReadFacts } from './facts.ts';
import { meetsLimit, thresholds, type Threshold } from './thresholds.ts';

/** true or false; null where a fact that would decide is not known. */
export type Verdict = boolean | null;

export type ThresholdsMet = {
  clients_counterparts_transactions: boolean;
  reputational_impact: boolean;
  duration_downtime: boolean;
  geographical_spread: boolean;
  data_losses: boolean;
  economic_impact: boolean;
};

export type Route = '8(1)(a)' | '8(1)(b)' | 'not major';

export type Judgement = {
  critical_services_affected: boolean;
  thresholds_met: ThresholdsMet;
  malicious_access_9_5_b: boolean;
  major: boolean;
  route: Route;
};

/**
 * The test. What is not known meets nothing. Where both routes hold, the malicious access is named (Art 8(1)(a)): it
 * stands alone, so the verdict lasts when a count is corrected.
 */
export function judge(facts: ReadFacts): Judgement {
  const { yesNo } = facts;
  const critical_services_affected = isMet(
    anyOf([yesNo.cs_a_cif_systems, yesNo.cs_b_authorised_services, yesNo.cs_c_malicious_access]),
  );
  const thresholds_met = {
    clients_counterparts_transactions: isMet(
      anyOf([
        clientsShare(facts),
        clientsNumber(facts),
        counterpartsShare(facts),
        transactionsNumber(facts),
        transactionsValue(facts),
        yesNo.relevant_clients_or_counterparts_affected,
      ]),
    ),
    reputational_impact: isMet(
      anyOf([
        yesNo['reputational.a_media'],
        yesNo['reputational.b_repetitive_complaints'],
        yesNo['reputational.c_regulatory'],
        yesNo['reputational.d_loss_of_clients'],
      ]),
    ),
    duration_downtime: isMet(anyOf([duration(facts), downtime(facts)])),
    geographical_spread: isMet(spread(facts)),
    data_losses: isMet(dataLosses(facts)),
    economic_impact: isMet(costs(facts)),
  };
  const malicious_access_9_5_b = isMet(maliciousAccess(facts));
  const met = Object.values(thresholds_met).filter(Boolean).length;
  const route = routeOf(critical_services_affected, malicious_access_9_5_b, met);
  return {
    critical_services_affected,
    thresholds_met,
    malicious_access_9_5_b,
    major: route !== 'not major',
    route,
  };
}

function routeOf(isCritical: boolean, isMalicious: boolean, met: number): Route {
  if (!isCritical) return 'not major';
  if (isMalicious) return '8(1)(a)';
  const { compare, limit } = thresholds.others;
  return meetsLimit(BigInt(met), compare, BigInt(limit)) ? '8(1)(b)' : 'not major';
}

const isMet = (verdict: Verdict): boolean => verdict === true;

/** True when one is; null when none is but one might be. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(null) ? null : false;
}

/** False when one is; null when none is but one might be. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

/** A share of a total. Nothing affected is no share of anything; a total that is missing or 0 is not known. */
function shareOfTotal(
  facts: ReadFacts,
  part: FigureName,
  total: FigureName,
  rule: Threshold,
): Verdict {
  const affected = facts.figures[part];
  const all = facts.figures[total];
  if (affected === null) return null;
  if (affected === 0n) return false;
  if (all === null || all === 0n) return null;
  return meetsLimit(affected * 100n, rule.compare, all * BigInt(rule.limit));
}

/**
 * A share of a daily average. An average of 0 is a figure, unlike a total of 0: a service that had no transactions
 * until now has been used, and 10 % of nothing is exceeded by anything.
 */
function shareOfAverage(
  facts: ReadFacts,
  part: FigureName,
  average: FigureName,
  rule: Threshold,
): Verdict {
  const affected = facts.figures[part];
  const daily = facts.figures[average];
  if (affected === null) return null;
  if (affected === 0n) return false;
  if (daily === null) return null;
  return meetsLimit(affected * 100n, rule.compare, daily * BigInt(rule.limit));
}

export const clientsShare = (facts: ReadFacts): Verdict =>
  shareOfTotal(facts, 'clients_affected', 'clients_total_service', thresholds.clientsShare);

export const counterpartsShare = (facts: ReadFacts): Verdict =>
  shareOfTotal(
    facts,
    'counterparts_affected',
    'counterparts_total_service',
    thresholds.counterpartsShare,
  );

export const transactionsNumber = (facts: ReadFacts): Verdict =>
  shareOfAverage(facts, 'tx_affected_number', 'tx_daily_avg_number', thresholds.transactionsNumber);

export const transactionsValue = (facts: ReadFacts): Verdict =>
  shareOfAverage(facts, 'tx_affected_value', 'tx_daily_avg_value', thresholds.transactionsValue);

function whole(facts: ReadFacts, name: FigureName, rule: Threshold): Verdict {
  const figure = facts.figures[name];
  return figure === null ? null : meetsLimit(figure, rule.compare, BigInt(rule.limit) * ONE);
}

export const clientsNumber = (facts: ReadFacts): Verdict =>
  whole(facts, 'clients_affected', thresholds.clientsNumber);

/** Before recoveries (Art 7(1)): what an insurance pays back takes nothing away. */
export const costs = (facts: ReadFacts): Verdict =>
  whole(facts, 'gross_costs_eur', thresholds.costs);

function longer(minutes: number | null, rule: Threshold): Verdict {
  return minutes === null ? null : meetsLimit(BigInt(minutes), rule.compare, BigInt(rule.limit));
}

export const duration = (facts: ReadFacts): Verdict =>
  longer(facts.spans.duration, thresholds.duration);

/** Counts only on ICT services that support critical or important functions. */
export const downtime = (facts: ReadFacts): Verdict =>
  allOf([longer(facts.spans.downtime, thresholds.downtime), facts.yesNo.downtime_on_cif_support]);

export const spread = (facts: ReadFacts): Verdict =>
  facts.states === null
    ? null
    : meetsLimit(
        BigInt(facts.states.length),
        thresholds.memberStates.compare,
        BigInt(thresholds.memberStates.limit),
      );

/** An impact on data of any kind, and that impact harms the objectives or the compliance. */
export const dataLosses = (facts: ReadFacts): Verdict =>
  allOf([
    facts.data === null ? null : facts.data.length > 0,
    facts.yesNo.data_adverse_on_objectives_or_compliance,
  ]);

/**
 * Whether a malicious access succeeded. Art 6(c) asks for one to the entity's own systems, Art 9(5)(b) for one to
 * network and information systems, a provider's too. So the first implies the second where that was not answered, and
 * never the other way round; an answer that was given counts.
 */
export const accessSucceeded = ({ yesNo }: ReadFacts): Verdict =>
  yesNo.malicious_access_succeeded ?? (yesNo.cs_c_malicious_access === true ? true : null);

/**
 * Art 9(5)(b). Read literally it leaves out an access that did harm data, since 9(5)(a) has that; it cannot be meant
 * that the worse case counts for less, so every successful access with a possible loss of data suffices.
 */
export const maliciousAccess = (facts: ReadFacts): Verdict =>
  allOf([accessSucceeded(facts), facts.yesNo.malicious_access_may_cause_data_loss]);
