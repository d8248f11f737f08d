/** Rules about withdrawals for a first policy that names sources of what its rules look at. */
import type { FactSource, PolicyRule, Requirement } from '#lib/protocol/policy.ts';
import { assetBounds } from './default-bounds.ts';

const approvers: Requirement = { group: 'control', decision: 'approve', people: 2 };
const coSigner: Requirement = { group: 'custody', decision: 'cosign', people: 1 };

/** In cents of a euro. */
const tenThousand = '1000000';
const hundredThousand = '10000000';
/** Seconds in which somebody can still say no; short enough to be seen to end. */
const delaySeconds = 10;

const withdrawals = ['withdrawal'] as const;

/** While coins are missing and nobody has explained it, fewer leave, and then none. */
const stopWhileMissing = assetBounds.map(
  ({ asset, suffix, manyMissing, manyMissingText }): PolicyRule => ({
    id: `withdrawal-much-missing${suffix}`,
    name: `Withdrawals while more than ${manyMissingText} are missing: refused`,
    when: { kinds: [...withdrawals], assets: [asset], shortfallAbove: manyMissing },
    outcome: { effect: 'deny', reason: `far less ${asset} is there than the books say` },
  }),
);
const askWhileMissing = assetBounds.map(
  ({ asset, suffix, fewMissing, fewMissingText }): PolicyRule => ({
    id: `withdrawal-some-missing${suffix}`,
    name: `Withdrawals while more than ${fewMissingText} is missing: two approvers`,
    when: { kinds: [...withdrawals], assets: [asset], shortfallAbove: fewMissing },
    outcome: { effect: 'allow', needs: [approvers, coSigner] },
  }),
);

const rulesWithSources: readonly PolicyRule[] = [
  {
    id: 'withdrawal-risk',
    name: 'Withdrawals to an address of high risk: refused',
    when: { kinds: [...withdrawals], risks: ['high', 'severe'] },
    outcome: { effect: 'deny', reason: 'the screening of the address says that its risk is high' },
  },
  {
    id: 'withdrawal-standing',
    name: 'Withdrawals of a client who is blocked: refused',
    when: { kinds: [...withdrawals], standings: ['blocked'] },
    outcome: { effect: 'deny', reason: 'compliance has blocked the client' },
  },
  {
    id: 'withdrawal-very-large',
    name: 'Withdrawals above 100,000 EUR: two approvers, a second channel and a wait',
    when: { kinds: [...withdrawals], eurCentsAbove: hundredThousand },
    outcome: {
      effect: 'allow',
      needs: [approvers, coSigner],
      secondChannel: true,
      delaySeconds,
    },
  },
  {
    id: 'withdrawal-large',
    name: 'Withdrawals above 10,000 EUR: two approvers',
    when: { kinds: [...withdrawals], eurCentsAbove: tenThousand },
    outcome: { effect: 'allow', needs: [approvers, coSigner] },
  },
  // What one withdrawal alone would be large with.
  ...assetBounds.map(({ asset, suffix, large, largeText }): PolicyRule => ({
    id: `withdrawal-much-in-a-day${suffix}`,
    name: `More than ${largeText} of one client within a day: two approvers`,
    when: {
      kinds: [...withdrawals],
      assets: [asset],
      velocity: { scope: 'client', hours: 24, above: large },
    },
    outcome: { effect: 'allow', needs: [approvers, coSigner] },
  })),
];

/**
 * They come before the usual rule, which asks for one approver and one co-signer. Where no source tells
 * what is missing, no rule asks: it would refuse everything.
 */
export function withdrawalRulesWithSources(sources: readonly FactSource[]): readonly PolicyRule[] {
  if (!sources.some(({ fact }) => fact === 'books')) return rulesWithSources;
  // The refusal first, and the second approver last, where it asks for no less than a rule before it.
  return [...stopWhileMissing, ...rulesWithSources, ...askWhileMissing];
}
