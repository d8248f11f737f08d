/** How long statements count after they were made, by the policy. Pure. */
import type { DecideInput } from './decide-input.ts';
import type { IntentKind, TimedKind } from './intent-kinds.ts';
import type { Intent } from './intent.ts';
import type { Policy } from './policy.ts';

type Tier = DecideInput['party']['vaults'][number]['tier'];
type Lifetimes = Pick<Policy, 'lifetimes' | 'coldWithdrawalSeconds'>;

/** What is signed with a vault's key: people travel to a cold one for either. */
const timedAs = (kind: IntentKind): TimedKind =>
  kind === 'proof-of-control' || kind === 'vault-transfer' ? 'withdrawal' : kind;

/** The vault whose key signs; null for a kind that signs nothing for a vault. */
export const signingVaultOf = (intent: Intent): string | null =>
  intent.kind === 'withdrawal' ||
  intent.kind === 'proof-of-control' ||
  intent.kind === 'vault-transfer'
    ? intent.vault
    : null;

/**
 * @param of.tier of the vault whose key signs; null for another kind, or where it is not known.
 * @returns seconds.
 */
export const lifetimeOf = (
  { lifetimes, coldWithdrawalSeconds }: Lifetimes,
  { kind, tier }: { kind: IntentKind; tier: Tier | null },
): number =>
  timedAs(kind) === 'withdrawal' && tier === 'cold'
    ? (coldWithdrawalSeconds ?? lifetimes.withdrawal)
    : lifetimes[timedAs(kind)];

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
  const signing = signingVaultOf(intent);
  const tier = vaults.find(({ id }) => id === signing)?.tier ?? null;
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
  if (timedAs(kind) !== 'withdrawal') return lifetimeOf(policy, { kind, tier: null });
  const asked: readonly (Tier | null)[] = tiers ?? [null, 'cold'];
  return Math.min(...asked.map((tier) => lifetimeOf(policy, { kind, tier })));
}
