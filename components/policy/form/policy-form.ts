/** A policy as it stands in a form: every figure as the text that was typed. Pure. */
import type { IntentKind, TimedKind } from '#lib/protocol/intent-kinds.ts';
import type { ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { ClientStanding, RiskVerdict, SpendScope } from '#lib/protocol/policy-facts.ts';
import type { FactSource, Policy, PolicyConditions, PolicyRule } from '#lib/protocol/policy.ts';
import type { Group } from '#lib/protocol/roster.ts';
import type { DestinationClass, VaultTier } from '#lib/protocol/scalars.ts';
import { amountTextOf, assetTextOf, spanTextOf, type SpanText } from './form-values.ts';

export type HoursForm = {
  zone: string;
  days: number[];
  from: string;
  to: string;
  holds: 'inside' | 'outside';
};
export type VelocityForm = { scope: SpendScope; hours: string; above: string };

/** The conditions that a rule names beside its kinds; one that is not there holds always. */
export type ConditionForms = {
  asset?: string[];
  tier?: VaultTier[];
  vault?: string[];
  /** Client numbers with anything but letters and digits between them. */
  client?: string;
  amount?: string;
  'destination-class'?: DestinationClass[];
  'destination-age'?: SpanText;
  'first-use'?: boolean;
  hours?: HoursForm;
  velocity?: VelocityForm;
  eur?: string;
  risk?: RiskVerdict[];
  standing?: ClientStanding[];
  shortfall?: string;
};
export type FormCondition = Exclude<ConditionName, 'kind'>;

export type NeedForm = { group: Group; decision: 'approve' | 'cosign'; people: string };

export type RuleForm = {
  /** Stays with the card while the rule moves. */
  key: string;
  id: string;
  name: string;
  kinds: IntentKind[];
  when: ConditionForms;
  effect: 'allow' | 'deny';
  needs: NeedForm[];
  delay: SpanText;
  secondChannel: boolean;
  reason: string;
};

/** A bound of an asset, or two; an empty text is no bound. */
export type BoundForm = { key: string; asset: string; first: string; second: string };

export type PolicyForm = {
  rules: RuleForm[];
  /** First: one withdrawal; second: any 24 hours. */
  caps: BoundForm[];
  keyCaps: BoundForm[];
  firstUseCaps: BoundForm[];
  timeLock: SpanText;
  coolDown: SpanText;
  validity: SpanText;
  lifetimes: Readonly<Record<TimedKind, SpanText>>;
  /** Empty while a withdrawal from a cold vault has the lifetime of any other. */
  coldWithdrawal: SpanText;
  sources: (Omit<FactSource, 'maxAgeSeconds'> & { maxAge: SpanText })[];
  audit: { digest: string; day: string } | null;
  ownVaults: NonNullable<Policy['ownVaults']>;
};

function whenForm(when: PolicyConditions): ConditionForms {
  const asset = when.assets?.[0] ?? '';
  return {
    ...(when.assets && { asset: when.assets }),
    ...(when.tiers && { tier: when.tiers }),
    ...(when.vaults && { vault: when.vaults }),
    ...(when.clients && { client: when.clients.join(', ') }),
    ...(when.amountAbove !== undefined && { amount: assetTextOf(when.amountAbove, asset) }),
    ...(when.destinationClasses && { 'destination-class': when.destinationClasses }),
    ...(when.destinationYoungerThan !== undefined && {
      'destination-age': spanTextOf(when.destinationYoungerThan),
    }),
    ...(when.firstUse !== undefined && { 'first-use': when.firstUse }),
    ...(when.hours && { hours: when.hours }),
    ...(when.velocity && {
      velocity: {
        scope: when.velocity.scope,
        hours: String(when.velocity.hours),
        above: assetTextOf(when.velocity.above, asset),
      },
    }),
    ...(when.eurCentsAbove !== undefined && { eur: amountTextOf(when.eurCentsAbove, 2) }),
    ...(when.risks && { risk: when.risks }),
    ...(when.standings && { standing: when.standings }),
    ...(when.shortfallAbove !== undefined && {
      shortfall: assetTextOf(when.shortfallAbove, asset),
    }),
  };
}

function ruleForm({ id, name, when, outcome }: PolicyRule, place: number): RuleForm {
  const isAllow = outcome.effect === 'allow';
  return {
    key: `r${place}`,
    id,
    name,
    kinds: when.kinds,
    when: whenForm(when),
    effect: outcome.effect,
    needs: isAllow ? outcome.needs.map((need) => ({ ...need, people: String(need.people) })) : [],
    delay: spanTextOf(isAllow ? outcome.delaySeconds : undefined),
    secondChannel: isAllow && outcome.secondChannel === true,
    reason: isAllow ? '' : outcome.reason,
  };
}

const bound = (asset: string, first: string, second: string | undefined): BoundForm => ({
  key: asset,
  asset,
  first: assetTextOf(first, asset),
  second: second === undefined ? '' : assetTextOf(second, asset),
});

/** @param policy a draft or a version, of the right shape. */
export function formOf(policy: Policy): PolicyForm {
  const { lifetimes, book, audit } = policy;
  return {
    rules: policy.rules.map(ruleForm),
    caps: policy.caps.map((cap) => bound(cap.asset, cap.perOperation, cap.perDay)),
    keyCaps: (policy.keyCaps ?? []).map((cap) => bound(cap.asset, cap.perDay, undefined)),
    firstUseCaps: (book?.firstUseCaps ?? []).map((cap) => bound(cap.asset, cap.amount, undefined)),
    timeLock: spanTextOf(policy.timeLockSeconds),
    coolDown: spanTextOf(book?.coolDownSeconds),
    validity: spanTextOf(book?.validitySeconds),
    lifetimes: Object.fromEntries(
      Object.entries(lifetimes).map(([kind, seconds]) => [kind, spanTextOf(seconds)]),
    ) as Record<TimedKind, SpanText>,
    coldWithdrawal: spanTextOf(policy.coldWithdrawalSeconds),
    sources: (policy.sources ?? []).map(({ maxAgeSeconds, ...source }) => ({
      ...source,
      maxAge: spanTextOf(maxAgeSeconds),
    })),
    audit: audit ? { digest: audit.reportDigest, day: audit.finishedAt.slice(0, 10) } : null,
    ownVaults: policy.ownVaults ?? [],
  };
}
