/**
 * Policy: ordered rules that say which operation needs whose statements. The first rule whose
 * conditions all hold decides; when none does, the answer is no. A rule that can't be answered
 * because a fact is missing or old ends the search with a no, too.
 */
import { z } from 'zod';
import { intentKind, timedKind } from './intent-kinds.ts';
import { findUnmet, type ConditionName } from './policy-conditions.ts';
import { clientStanding, riskVerdict, spendScope, type PolicyFacts } from './policy-facts.ts';
import { group } from './roster.ts';
import {
  address,
  amount,
  assetCode,
  chainId,
  clientId,
  destinationClass,
  digestHex,
  environment,
  instant,
  positiveAmount,
  publicKeyHex,
  slug,
  timeOfDay,
  timeZone,
  vaultTier,
} from './scalars.ts';
import { signedText } from './text-field.ts';
import { signedVaultReceipt } from './vault-receipt.ts';

export const requirement = z.strictObject({
  group,
  decision: z.enum(['approve', 'cosign']),
  /** How many different people of the group must state it. */
  people: z.int().min(1).max(20),
});
export type Requirement = z.infer<typeof requirement>;

/** Longest wait that a policy may ask for, in seconds: a month. */
const WAIT_MAX = 2_678_400;
const seconds = z.int().min(1).max(WAIT_MAX);

export const policyOutcome = z.discriminatedUnion('effect', [
  z.strictObject({
    effect: z.literal('allow'),
    needs: z.array(requirement).min(1).max(6),
    /** How long each party waits after it first saw the full set; anyone entitled may say no meanwhile. */
    delaySeconds: seconds.optional(),
    /** Each person types the code that the party of their group showed them at its own origin. */
    secondChannel: z.literal(true).optional(),
  }),
  z.strictObject({ effect: z.literal('deny'), reason: signedText(300) }),
]);
export type PolicyOutcome = z.infer<typeof policyOutcome>;

export const policyConditions = z.strictObject({
  kinds: z.array(intentKind).min(1).max(intentKind.options.length),
  assets: z.array(assetCode).min(1).max(200).optional(),
  tiers: z.array(vaultTier).min(1).max(3).optional(),
  vaults: z.array(slug).min(1).max(100).optional(),
  clients: z.array(clientId).min(1).max(1000).optional(),
  /** Holds for amounts above this, in the smallest unit; needs exactly one entry in `assets`. */
  amountAbove: amount.optional(),
  /** Holds for values above this, in cents of a euro. */
  eurCentsAbove: amount.optional(),
  destinationClasses: z.array(destinationClass).min(1).max(4).optional(),
  /** Holds while this party has listed the destination for less than so long. */
  destinationYoungerThan: seconds.optional(),
  /** Holds while nothing was sent to the destination yet, or once something was. */
  firstUse: z.boolean().optional(),
  /** Holds when what left in the window, this operation included, is above the amount; needs one entry in `assets`. */
  velocity: z
    .strictObject({ scope: spendScope, hours: z.int().min(1).max(744), above: amount })
    .optional(),
  /** Holds inside the hours, or outside them. `to` before `from` goes over midnight. 1 is Monday. */
  hours: z
    .strictObject({
      zone: timeZone,
      days: z.array(z.int().min(1).max(7)).min(1).max(7),
      from: timeOfDay,
      to: timeOfDay,
      holds: z.enum(['inside', 'outside']),
    })
    .optional(),
  risks: z.array(riskVerdict).min(1).max(4).optional(),
  standings: z.array(clientStanding).min(1).max(3).optional(),
  /**
   * Holds while the books are short of the asset by more than this, unexplained, in its smallest
   * unit; needs exactly one entry in `assets`.
   */
  shortfallAbove: amount.optional(),
});
export type PolicyConditions = z.infer<typeof policyConditions>;

export const policyRule = z.strictObject({
  id: slug,
  name: signedText(120),
  /** All named conditions must hold; an absent one holds always. */
  when: policyConditions,
  outcome: policyOutcome,
});
export type PolicyRule = z.infer<typeof policyRule>;

/** Whose signed word counts for a fact, and how old it may be. */
export const factSource = z.strictObject({
  name: slug,
  fact: z.enum(['price', 'risk', 'standing', 'books']),
  /** Ed25519. */
  publicKey: publicKeyHex,
  maxAgeSeconds: seconds,
});
export type FactSource = z.infer<typeof factSource>;

export const ownVault = z.strictObject({
  vault: slug,
  chain: chainId,
  address,
  /**
   * What holders of its key say of it, so many of them as sign together or more. A party takes no new
   * entry over without.
   */
  receipts: z.array(signedVaultReceipt).min(2).max(16).optional(),
});
export type OwnVault = z.infer<typeof ownVault>;

export const policy = z.strictObject({
  type: z.literal('countersign/policy/v1'),
  organisation: slug,
  environment,
  version: z.int().min(1).max(1_000_000),
  previous: digestHex.nullable(),
  /**
   * How long a statement counts after it was made, in seconds, by kind of operation. For a proof of
   * control it is as long as for a withdrawal from the same vault.
   */
  lifetimes: z.record(timedKind, z.int().min(60).max(2_678_400)),
  /**
   * The same for a withdrawal from a cold vault, to which people travel; without it as long as any
   * other withdrawal.
   */
  coldWithdrawalSeconds: z.int().min(60).max(2_678_400).optional(),
  /**
   * Highest amounts by asset, in the smallest unit, of one withdrawal and of any 24 hours; an asset
   * without a cap can't leave.
   */
  caps: z
    .array(z.strictObject({ asset: assetCode, perOperation: amount, perDay: amount.optional() }))
    .max(200),
  sources: z.array(factSource).max(32).optional(),
  /** How long each party waits before a change that loosens takes effect there. */
  timeLockSeconds: seconds.optional(),
  book: z
    .strictObject({
      /** How long nothing may be sent to a destination after it was listed. */
      coolDownSeconds: seconds.optional(),
      /** Highest first payment to a destination, by asset, in the smallest unit. */
      firstUseCaps: z
        .array(z.strictObject({ asset: assetCode, amount: positiveAmount }))
        .max(200)
        .optional(),
      /** Longest time from one certification of a destination to the next. */
      validitySeconds: z.int().min(60).max(94_608_000).optional(),
    })
    .optional(),
  /**
   * What may leave under one key in any 24 hours, by asset, until an external audit of the signing
   * code is on record here.
   */
  keyCaps: z
    .array(z.strictObject({ asset: assetCode, perDay: positiveAmount }))
    .max(200)
    .optional(),
  audit: z.strictObject({ reportDigest: digestHex, finishedAt: instant }).optional(),
  /**
   * Addresses of vaults, for the parties that hold no share of them: a transfer may go there. Those
   * that hold one refuse a policy that names another address.
   */
  ownVaults: z.array(ownVault).max(100).optional(),
  rules: z.array(policyRule).min(1).max(500),
});
export type Policy = z.infer<typeof policy>;

export type PolicyTrace = {
  rule: string;
  matched: boolean;
  /** The first condition that did not hold, or that could not be answered. */
  unmet: ConditionName | null;
};

export type PolicyVerdict = {
  outcome: PolicyOutcome;
  /** Id of the deciding rule, or null when no rule matched or a cap decided. */
  rule: string | null;
  /** One line per rule looked at, with the first condition that did not hold. */
  trace: PolicyTrace[];
  /** Set when the last rule of the trace looks at a fact that is missing or too old. */
  missing: ConditionName | null;
};

const sumAbove = (spent: string, own: string, bound: string): boolean =>
  BigInt(spent) + BigInt(own) > BigInt(bound);

/** @returns why the caps forbid an operation with these facts, or null when they don't. */
export function findCapBreach(candidate: Policy, facts: PolicyFacts): string | null {
  if (facts.amount === null || facts.asset === null) return null;
  const cap = candidate.caps.find((entry) => entry.asset === facts.asset);
  if (!cap) return `no cap is set for ${facts.asset}, so none of it can leave`;
  if (BigInt(facts.amount) > BigInt(cap.perOperation))
    return `the amount is above the cap for ${facts.asset}`;
  if (cap.perDay === undefined) return null;
  const spent = facts.spent.find(({ scope, hours }) => scope === 'asset' && hours === 24);
  if (!spent) return `what left of ${facts.asset} in 24 hours is not known`;
  return sumAbove(spent.amount, facts.amount, cap.perDay)
    ? `with this, more ${facts.asset} would leave in 24 hours than the cap`
    : null;
}

const denied = (reason: string): PolicyOutcome => ({ effect: 'deny', reason });

/**
 * Answers what an operation with these facts needs. Caps come first and always apply; then the
 * first matching rule decides; no match is a denial, and so is a rule with a fact that is not there.
 */
export function evaluatePolicy(candidate: Policy, facts: PolicyFacts): PolicyVerdict {
  const trace: PolicyTrace[] = [];
  const capped = findCapBreach(candidate, facts);
  if (capped) return { outcome: denied(capped), rule: null, trace, missing: null };
  for (const rule of candidate.rules) {
    const { unmet, isMissing } = findUnmet(rule.when, facts);
    trace.push({ rule: rule.id, matched: unmet === null, unmet });
    if (unmet === null) return { outcome: rule.outcome, rule: rule.id, trace, missing: null };
    if (isMissing) {
      const reason = `the rule "${rule.name}" looks at something that is not known or too old`;
      return { outcome: denied(reason), rule: null, trace, missing: unmet };
    }
  }
  return { outcome: denied('no rule allows this'), rule: null, trace, missing: null };
}
