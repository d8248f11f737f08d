/**
 * Is an incident major? Delegated Regulation (EU) 2024/1772 on the facts of one incident: the verdict, and for the
 * worksheet each criterion with its threshold, the value it was held against and what came out. Pure.
 */
import { criteriaOf, type Criterion } from './criteria.ts';
import { readFacts, type IncidentFacts } from './facts.ts';
import { judge, type Judgement } from './judge.ts';

export { FactError, findFactFault, type FactFault, type IncidentFacts } from './facts.ts';
export type { Criterion, CriterionId } from './criteria.ts';
export type { CriterionPart } from './criterion.ts';
export type { Judgement, Route, ThresholdsMet } from './judge.ts';

export type Classification = Judgement & { criteria: Criterion[] };

/**
 * Classifies an incident. What is not known meets no threshold: the part then has `met: null`, and its criterion says
 * `open`, so that nobody takes an unanswered question for a no.
 * @throws FactError, with field and reason, for facts that cannot be (see findFactFault).
 */
export function classifyIncident(facts: IncidentFacts): Classification {
  const read = readFacts(facts);
  return { ...judge(read), criteria: criteriaOf(read) };
}
