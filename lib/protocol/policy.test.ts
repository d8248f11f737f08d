import { describe, expect, test } from 'vitest';
import { evaluatePolicy, type Policy, type PolicyRule } from './policy.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { findPolicyFault, type PolicyFault } from './policy-faults.ts';
import { NOW, policy } from './testing/sample.ts';

const facts: PolicyFacts = {
  kind: 'withdrawal',
  asset: 'SOL',
  amount: '10',
  tier: 'warm',
  vault: 'warm-1',
  client: 'C-20418',
  spent: [],
  now: NOW,
};
const [rule] = policy.rules as [PolicyRule];
const withRules = (...rules: PolicyRule[]): Policy => ({ ...policy, rules });
const named = (id: string, when: Partial<PolicyRule['when']>): PolicyRule => ({
  ...rule,
  id,
  when: { kinds: ['withdrawal'], ...when },
});

describe('the first rule whose conditions all hold decides', () => {
  const ruled = withRules(
    named('other-kind', { kinds: ['key-ceremony'] }),
    named('other-asset', { assets: ['USDC'] }),
    named('other-tier', { tiers: ['cold'] }),
    named('above-ten', { assets: ['SOL'], amountAbove: '10' }),
    named('rest', {}),
  );
  test('with the first unmet condition of each rule before it', () => {
    const verdict = evaluatePolicy(ruled, facts);
    expect(verdict.rule).toBe('rest');
    expect(verdict.trace.map((line) => line.unmet)).toEqual([
      'kind',
      'asset',
      'tier',
      'amount',
      null,
    ]);
    expect(evaluatePolicy(ruled, { ...facts, amount: '11' }).rule).toBe('above-ten');
  });

  test('a condition on a fact that is missing does not hold', () => {
    const missing = evaluatePolicy(withRules(named('tiered', { tiers: ['warm'] })), {
      ...facts,
      tier: null,
    });
    expect(missing.outcome).toEqual({ effect: 'deny', reason: 'no rule allows this' });
  });

  test("a cap comes before every rule, and an asset without one can't leave", () => {
    const capped = { ...ruled, caps: [{ asset: 'SOL', perOperation: '9' }] };
    expect(evaluatePolicy(capped, facts).outcome.effect).toBe('deny');
    expect(evaluatePolicy({ ...ruled, caps: [] }, facts).outcome.effect).toBe('deny');
  });
});

describe('a policy', () => {
  const needs = rule.outcome.effect === 'allow' ? rule.outcome.needs : [];
  const allowing = (list: typeof needs): Policy =>
    withRules({ ...rule, outcome: { effect: 'allow', needs: list } });
  test('that is sound has no fault', () => expect(findPolicyFault(policy)).toBeNull());
  test.each<[PolicyFault, Policy]>([
    ['duplicate-rule', withRules(rule, rule)],
    ['duplicate-cap', { ...policy, caps: [...policy.caps, ...policy.caps] }],
    ['duplicate-need', allowing([...needs, ...needs])],
    ['amount-needs-one-asset', withRules(named('a', { amountAbove: '1' }))],
    ['weaker-than-floor', allowing(needs.slice(0, 1))],
    ['version-chain', { ...policy, version: 2 }],
  ])('%s', (fault, candidate) => expect(findPolicyFault(candidate)).toBe(fault));
});
