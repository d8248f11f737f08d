import { describe, expect, it } from 'vitest';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { evaluatePolicy, type Policy, type PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { heedsShortfall, shortfallRules } from './shortfall-rules.ts';

const base = defaultPolicy('sample', 'sandbox');
const usual: PolicyRule = {
  id: 'usual',
  name: 'Usual',
  when: { kinds: ['withdrawal'] },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 1 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ],
  },
};
const short = (when: Partial<PolicyRule['when']> = {}): PolicyRule => ({
  id: 'short',
  name: 'Short',
  when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove: '1000000000', ...when },
  outcome: { effect: 'deny', reason: 'coins are missing' },
});
const policyOf = (...rules: PolicyRule[]): Policy => ({ ...base, rules });
const facts: PolicyFacts = {
  kind: 'withdrawal',
  asset: 'SOL',
  amount: '10',
  tier: 'warm',
  vault: 'warm-1',
  client: 'C-1001',
  destination: { class: 'exchange', ageSeconds: 100, firstUse: false },
  eurCents: null,
  risk: null,
  standing: null,
  shortfall: '0',
  spent: [],
  now: '2026-06-01T12:00:00.000Z',
};
const heeds = (policy: Policy, changes: Partial<PolicyFacts> = {}): boolean =>
  heedsShortfall(policy, evaluatePolicy(policy, { ...facts, ...changes }).trace);

describe('a policy heeds what is missing', () => {
  it('where a rule about it was asked, whether it fits or would with more missing', () => {
    expect(heeds(policyOf(short(), usual))).toBe(true);
    expect(heeds(policyOf(short(), usual), { shortfall: '1000000001' })).toBe(true);
  });

  it.each<[string, Policy, Partial<PolicyFacts>]>([
    ['has no rule about it', policyOf(usual), {}],
    ['has one about another asset', policyOf(short({ assets: ['USDC'] }), usual), {}],
    ['has one about other vaults', policyOf(short({ tiers: ['cold'] }), usual), {}],
    ['has one about larger amounts', policyOf(short({ amountAbove: '10' }), usual), {}],
    ['has one that comes after the rule that decides', policyOf(usual, short()), {}],
    [
      'has one about other kinds',
      policyOf(short({ kinds: ['vault-transfer'] }), usual),
      { shortfall: '5' },
    ],
  ])('not where it %s: then the console’s own stop stands', (_, policy, changes) => {
    expect(heeds(policy, changes)).toBe(false);
  });
});

describe('the rules about what is missing of an asset', () => {
  it('are its own, in words and in their order', () => {
    const policy = policyOf(short(), { ...short({ assets: ['USDC'] }), id: 'other' }, usual);
    expect(shortfallRules(policy, 'SOL')).toEqual([
      'Withdrawals of SOL, while more than 1 SOL is missing unexplained, are refused: coins are missing.',
    ]);
    expect(shortfallRules(policy, 'EUR')).toEqual([]);
  });
});
