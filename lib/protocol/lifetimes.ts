/** How long statements count after they were made, by the policy. Pure. */
import type { DecideInput } from './decide-input.ts';
import type { IntentKind } from './intent-kinds.ts';
import type { Intent } from './intent.ts';
import type { Policy } from './policy.ts';

type Tier = DecideInput['party']['vaults'][number]['tier'];
type Lifetimes = Pick<Policy, 'lifetimes' | 'coldWithdrawalSeconds'>;

/**
 * @param of.tier of the vault that a withdrawal leaves; null for another kind, or where it is not known.
 * @returns seconds.
 */
export const lifetimeOf = (
  { lifetimes, coldWithdrawalSeconds }: Lifetimes,
  { kind, tier }: { kind: IntentKind; tier: Tier | null },
): number =>
  kind === 'withdrawal' && tier === 'cold'
    ? (coldWithdrawalSeconds ?? lifetimes.withdrawal)
    : lifetimes[kind];

/**
 * Of an operation by the vaults that whoever asks holds records of: nobody else's word for a tier
 * makes a statement count for longer.
 * @returns seconds, the fewest of all policies.
 */
export function lifetimeFor(
  intent: Intent,
  vaults: readonly { id: string; tier: Tier }[],
  policies: readonly Lifetimes[],
): number {
  const { kind } = intent;
  const tier =
    kind === 'withdrawal' ? (vaults.find(({ id }) => id === intent.vault)?.tier ?? null) : null;
  return Math.min(...policies.map((policy) => lifetimeOf(policy, { kind, tier })));
}

/**
 * The fewest seconds that statements count for which a rule could decide about.
 * @param tiers that the rule is for; without them it is for every tier.
 */
export function shortestLifetime(
  policy: Lifetimes,
  kind: IntentKind,
  tiers: readonly Tier[] | undefined,
): number {
  if (kind !== 'withdrawal') return policy.lifetimes[kind];
  const asked: readonly (Tier | null)[] = tiers ?? [null, 'cold'];
  return Math.min(...asked.map((tier) => lifetimeOf(policy, { kind, tier })));
}
