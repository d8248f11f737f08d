/** What makes a policy unsound, whoever signed it, and the floor that no policy goes below. */
import { isStopKind, type IntentKind } from './intent-kinds.ts';
import { shortestLifetime } from './lifetimes.ts';
import type { Policy, PolicyOutcome, PolicyRule, Requirement } from './policy.ts';

/** Why a policy that has the right shape is still refused. */
export type PolicyFault =
  | 'duplicate-rule'
  | 'duplicate-cap'
  | 'duplicate-need'
  | 'duplicate-source'
  | 'duplicate-vault'
  | 'amount-needs-one-asset'
  | 'empty-hours'
  | 'wait-outlives-statements'
  | 'weaker-than-floor'
  | 'stop-has-no-rule'
  | 'version-chain';

const approve: Requirement = { group: 'control', decision: 'approve', people: 1 };
const cosign: Requirement = { group: 'custody', decision: 'cosign', people: 1 };
const recover: Requirement = { group: 'recovery', decision: 'cosign', people: 1 };

/**
 * What no policy can go below (design: raiser, approver and co-signer are three people). A stop
 * needs one person, who raises it, and nobody else; a release one more than a withdrawal.
 */
export const requirementFloor: Readonly<Record<IntentKind, readonly Requirement[]>> = {
  withdrawal: [approve, cosign],
  'key-ceremony': [approve, cosign, recover],
  'key-refresh': [approve, cosign, recover],
  'key-repair': [approve, cosign, recover],
  'key-backup': [approve, cosign, recover],
  'roster-change': [approve, cosign],
  'policy-change': [approve, cosign],
  'destination-listing': [approve, cosign],
  'proof-of-control': [approve, cosign],
  'vault-transfer': [approve, cosign],
  release: [{ ...approve, people: 2 }, cosign],
  'destination-removal': [],
  freeze: [],
  revocation: [],
};

const isSameNeed = (left: Requirement, right: Requirement): boolean =>
  left.group === right.group && left.decision === right.decision;

const covers = (needs: readonly Requirement[], floor: Requirement): boolean =>
  needs.some((need) => isSameNeed(need, floor) && need.people >= floor.people);

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

const peopleOf = (outcome: PolicyOutcome): number =>
  outcome.effect === 'deny' ? 0 : outcome.needs.reduce((sum, { people }) => sum + people, 0);

/** People beside the raiser that the most demanding withdrawal needs. */
function withdrawalPeople(rules: readonly PolicyRule[]): number {
  const counts = rules
    .filter((rule) => rule.when.kinds.includes('withdrawal'))
    .map((rule) => peopleOf(rule.outcome));
  return Math.max(0, ...counts);
}

/** Kinds that wait out the time-lock when they loosen something. */
export const timeLocked: readonly IntentKind[] = ['roster-change', 'policy-change'];

/** Statements must still count when the wait is over. */
function outlives(policy: Policy, rule: PolicyRule | null): boolean {
  const { timeLockSeconds = 0 } = policy;
  const wait = rule?.outcome.effect === 'allow' ? (rule.outcome.delaySeconds ?? 0) : 0;
  const kinds = rule ? rule.when.kinds : timeLocked;
  return kinds.some((kind) => {
    const lock = timeLocked.includes(kind) ? timeLockSeconds : 0;
    return Math.max(wait, lock) >= shortestLifetime(policy, kind, rule?.when.tiers);
  });
}

function findRuleFault(rule: PolicyRule, forRelease: number): PolicyFault | null {
  const { when, outcome } = rule;
  if (when.kinds.some(isStopKind)) return 'stop-has-no-rule';
  const countsUnits =
    when.amountAbove !== undefined ||
    when.velocity !== undefined ||
    when.shortfallAbove !== undefined;
  if (countsUnits && when.assets?.length !== 1) return 'amount-needs-one-asset';
  if (when.hours && when.hours.from === when.hours.to) return 'empty-hours';
  if (outcome.effect === 'deny') return null;
  const { needs } = outcome;
  // One need of two people is not two needs of one: the same person would meet both.
  if (needs.some((need, place) => needs.findIndex((other) => isSameNeed(need, other)) !== place))
    return 'duplicate-need';
  for (const kind of when.kinds)
    if (!requirementFloor[kind].every((floor) => covers(needs, floor))) return 'weaker-than-floor';
  return when.kinds.includes('release') && peopleOf(outcome) < forRelease
    ? 'weaker-than-floor'
    : null;
}

/** @returns the first fault, or null for a sound policy. */
export function findPolicyFault(candidate: Policy): PolicyFault | null {
  if (hasDuplicates(candidate.rules.map((rule) => rule.id))) return 'duplicate-rule';
  // Of two caps for one asset only the first would count, which a reader may not notice.
  const capLists = [candidate.caps, candidate.keyCaps ?? [], candidate.book?.firstUseCaps ?? []];
  if (capLists.some((list) => hasDuplicates(list.map((cap) => cap.asset)))) return 'duplicate-cap';
  const sources = candidate.sources ?? [];
  if (
    hasDuplicates(sources.map(({ name }) => name)) ||
    hasDuplicates(sources.map(({ publicKey }) => publicKey))
  )
    return 'duplicate-source';
  const ownVaults = candidate.ownVaults ?? [];
  if (
    hasDuplicates(ownVaults.map(({ vault }) => vault)) ||
    hasDuplicates(ownVaults.map(({ chain, address }) => `${chain} ${address}`))
  )
    return 'duplicate-vault';
  if ((candidate.version === 1) !== (candidate.previous === null)) return 'version-chain';
  const forRelease = withdrawalPeople(candidate.rules) + 1;
  if (outlives(candidate, null)) return 'wait-outlives-statements';
  for (const rule of candidate.rules) {
    const fault = findRuleFault(rule, forRelease);
    if (fault) return fault;
    if (outlives(candidate, rule)) return 'wait-outlives-statements';
  }
  return null;
}
