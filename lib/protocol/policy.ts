/**
 * Policy: ordered rules that say which operation needs whose statements. The first rule whose
 * conditions all hold decides; when none does, the answer is no.
 */
import { z } from 'zod';
import { intentKind, type IntentKind } from './intent-kinds.ts';
import { group } from './roster.ts';
import {
  amount,
  assetCode,
  digestHex,
  environment,
  slug,
  vaultTier,
  type VaultTier,
} from './scalars.ts';

export const requirement = z.strictObject({
  group,
  decision: z.enum(['approve', 'cosign']),
  /** How many different people of the group must state it. */
  people: z.int().min(1).max(20),
});
export type Requirement = z.infer<typeof requirement>;

export const policyOutcome = z.discriminatedUnion('effect', [
  z.strictObject({ effect: z.literal('allow'), needs: z.array(requirement).min(1).max(6) }),
  z.strictObject({ effect: z.literal('deny'), reason: z.string().min(1).max(300) }),
]);
export type PolicyOutcome = z.infer<typeof policyOutcome>;

export const policyRule = z.strictObject({
  id: slug,
  name: z.string().min(1).max(120),
  /** All named conditions must hold; an absent one holds always. */
  when: z.strictObject({
    kinds: z.array(intentKind).min(1),
    assets: z.array(assetCode).min(1).optional(),
    tiers: z.array(vaultTier).min(1).optional(),
    /** Holds for amounts above this, in the smallest unit; needs exactly one entry in `assets`. */
    amountAbove: amount.optional(),
  }),
  outcome: policyOutcome,
});
export type PolicyRule = z.infer<typeof policyRule>;

export const policy = z.strictObject({
  type: z.literal('countersign/policy/v1'),
  organisation: slug,
  environment,
  version: z.int().min(1).max(1_000_000),
  previous: digestHex.nullable(),
  /** How long a statement counts after it was made, in seconds, by kind of operation. */
  lifetimes: z.record(intentKind, z.int().min(60).max(2_592_000)),
  /** Highest amount of one withdrawal by asset, in the smallest unit; an asset without a cap can't leave. */
  caps: z.array(z.strictObject({ asset: assetCode, perOperation: amount })).max(200),
  rules: z.array(policyRule).min(1).max(500),
});
export type Policy = z.infer<typeof policy>;

/** What the rules look at. Sources: the intent and the party's own vault register. */
export type PolicyFacts = {
  kind: IntentKind;
  asset: string | null;
  amount: bigint | null;
  tier: VaultTier | null;
};

export type PolicyTrace = { rule: string; matched: boolean; unmet: string | null };

export type PolicyVerdict = {
  outcome: PolicyOutcome;
  /** Id of the deciding rule, or null when no rule matched or a cap decided. */
  rule: string | null;
  /** One line per rule looked at, with the first condition that did not hold. */
  trace: PolicyTrace[];
};

function firstUnmet(rule: PolicyRule, facts: PolicyFacts): string | null {
  const { kinds, assets, tiers, amountAbove } = rule.when;
  if (!kinds.includes(facts.kind)) return 'kind';
  if (assets && (facts.asset === null || !assets.includes(facts.asset))) return 'asset';
  if (tiers && (facts.tier === null || !tiers.includes(facts.tier))) return 'tier';
  if (amountAbove !== undefined && (facts.amount === null || facts.amount <= BigInt(amountAbove)))
    return 'amount';
  return null;
}

/** @returns why the caps forbid an operation with these facts, or null when they don't. */
export function findCapBreach(candidate: Policy, facts: PolicyFacts): string | null {
  if (facts.amount === null || facts.asset === null) return null;
  const cap = candidate.caps.find((entry) => entry.asset === facts.asset);
  if (!cap) return `no cap is set for ${facts.asset}, so none of it can leave`;
  return facts.amount > BigInt(cap.perOperation)
    ? `the amount is above the cap for ${facts.asset}`
    : null;
}

/**
 * Answers what an operation with these facts needs. Caps come first and always apply; then the
 * first matching rule decides; no match is a denial.
 */
export function evaluatePolicy(candidate: Policy, facts: PolicyFacts): PolicyVerdict {
  const trace: PolicyTrace[] = [];
  const capped = findCapBreach(candidate, facts);
  if (capped) return { outcome: { effect: 'deny', reason: capped }, rule: null, trace };
  for (const rule of candidate.rules) {
    const unmet = firstUnmet(rule, facts);
    trace.push({ rule: rule.id, matched: unmet === null, unmet });
    if (unmet === null) return { outcome: rule.outcome, rule: rule.id, trace };
  }
  return { outcome: { effect: 'deny', reason: 'no rule allows this' }, rule: null, trace };
}

/** Why a policy that has the right shape is still refused. */
export type PolicyFault =
  | 'duplicate-rule'
  | 'duplicate-cap'
  | 'duplicate-need'
  | 'amount-needs-one-asset'
  | 'weaker-than-floor'
  | 'version-chain';

/** What no policy can go below (design: raiser, approver and co-signer are three people). */
export const requirementFloor: Readonly<Record<IntentKind, readonly Requirement[]>> = {
  withdrawal: [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  'key-ceremony': [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
    { group: 'recovery', decision: 'cosign', people: 1 },
  ],
  'roster-change': [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  'destination-listing': [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
};

const covers = (needs: readonly Requirement[], floor: Requirement): boolean =>
  needs.some(
    (need) =>
      need.group === floor.group && need.decision === floor.decision && need.people >= floor.people,
  );

const hasDuplicates = (values: readonly string[]): boolean =>
  new Set(values).size !== values.length;

/** @returns the first fault, or null for a sound policy. */
export function findPolicyFault(candidate: Policy): PolicyFault | null {
  if (hasDuplicates(candidate.rules.map((rule) => rule.id))) return 'duplicate-rule';
  // Of two caps for one asset only the first would count, which a reader may not notice.
  if (hasDuplicates(candidate.caps.map((cap) => cap.asset))) return 'duplicate-cap';
  if ((candidate.version === 1) !== (candidate.previous === null)) return 'version-chain';
  for (const rule of candidate.rules) {
    if (rule.when.amountAbove !== undefined && rule.when.assets?.length !== 1)
      return 'amount-needs-one-asset';
    const { outcome } = rule;
    if (outcome.effect === 'deny') continue;
    // One need of two people is not two needs of one: the same person would meet both.
    if (hasDuplicates(outcome.needs.map((need) => `${need.group} ${need.decision}`)))
      return 'duplicate-need';
    const floors = rule.when.kinds.flatMap((kind) => requirementFloor[kind]);
    if (!floors.every((floor) => covers(outcome.needs, floor))) return 'weaker-than-floor';
  }
  return null;
}
