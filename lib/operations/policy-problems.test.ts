import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import type { Policy, PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { findPolicyProblems } from './policy-problems.ts';

const sound = defaultPolicy('sample', 'production');
const approver = { group: 'control', decision: 'approve', people: 1 } as const;
const coSigner = { group: 'custody', decision: 'cosign', people: 1 } as const;

const rule = (of: Partial<PolicyRule>): PolicyRule => ({
  id: 'new',
  name: 'New',
  when: { kinds: ['withdrawal'] },
  outcome: { effect: 'allow', needs: [approver, coSigner] },
  ...of,
});
const withRule = (of: Partial<PolicyRule>): Policy => ({
  ...sound,
  rules: [...sound.rules, rule(of)],
});

describe('findPolicyProblems', () => {
  it('finds none in the policy of a new installation', () => {
    expect(findPolicyProblems(sound)).toEqual([]);
  });

  it.each<[string, Policy, string | null, string, RegExp]>([
    [
      'nobody co-signs',
      withRule({ outcome: { effect: 'allow', needs: [approver] } }),
      'new',
      'needs',
      /Withdrawals need at least one co-signer of Custody/,
    ],
    [
      'the same is asked twice',
      withRule({ outcome: { effect: 'allow', needs: [approver, approver, coSigner] } }),
      'new',
      'needs',
      /into one line/,
    ],
    [
      'a withdrawal needs as many as a release',
      withRule({ outcome: { effect: 'allow', needs: [{ ...approver, people: 3 }, coSigner] } }),
      'release',
      'needs',
      /five in all. This rule asks for four/,
    ],
    [
      'a stop has a rule',
      withRule({ when: { kinds: ['freeze', 'withdrawal'] } }),
      'new',
      'kind',
      /^Freezes need one person and no rule/,
    ],
    [
      'an amount has no asset',
      withRule({ when: { kinds: ['withdrawal'], amountAbove: '1' } }),
      'new',
      'amount',
      /exactly one asset/,
    ],
    [
      'hours have no length',
      withRule({
        when: {
          kinds: ['withdrawal'],
          hours: { zone: 'UTC', days: [1], from: '08:00', to: '08:00', holds: 'inside' },
        },
      }),
      'new',
      'hours',
      /the same/,
    ],
    [
      'a wait outlives statements',
      withRule({ outcome: { effect: 'allow', needs: [approver, coSigner], delaySeconds: 14_400 } }),
      'new',
      'delay',
      /withdrawals count for 4 hours, so they would be over before the wait of 4 hours/,
    ],
    [
      'the time-lock outlives statements',
      { ...sound, timeLockSeconds: 7 * 86_400 },
      null,
      'timeLock',
      /roster changes count for 7 days/,
    ],
    [
      'a wait for cold vaults is within their statements’ life, but the rule is for others too',
      withRule({
        outcome: { effect: 'allow', needs: [approver, coSigner], delaySeconds: 86_400 },
        when: { kinds: ['withdrawal'], tiers: ['warm', 'cold'] },
      }),
      'new',
      'delay',
      /withdrawals count for 4 hours/,
    ],
    ['two rules have one id', withRule({ id: 'keys' }), 'keys', 'id', /two rules/],
    [
      'two caps are for one asset',
      { ...sound, caps: [...sound.caps, ...sound.caps] },
      null,
      'caps',
      /^SOL stands here twice/,
    ],
    ['the version follows nothing', { ...sound, version: 2 }, null, 'policy', /Begin a new draft/],
  ])('says it in its place when %s', (_name, policy, inRule, field, sentence) => {
    expect(findPolicyProblems(policy)).toContainEqual({
      rule: inRule,
      field,
      sentence: expect.stringMatching(sentence),
    });
  });

  it('lets parties wait as long for a cold vault as statements about one count', () => {
    const ruleFor = (delaySeconds: number) =>
      withRule({
        outcome: { effect: 'allow', needs: [approver, coSigner], delaySeconds },
        when: { kinds: ['withdrawal'], tiers: ['cold'] },
      });
    const waits = (policy: Policy) =>
      findPolicyProblems(policy).filter(({ field }) => field === 'delay');
    expect(waits(ruleFor(86_400))).toEqual([]);
    expect(waits(ruleFor(2 * 86_400))).toHaveLength(1);
  });

  it('says what the time-lock makes too long once, at the time-lock', () => {
    const problems = findPolicyProblems({ ...sound, timeLockSeconds: 8 * 86_400 });
    expect(problems.map(({ field }) => field)).toEqual(['timeLock', 'timeLock']);
  });

  const need = fc.record({
    group: fc.constantFrom('control' as const, 'custody' as const, 'recovery' as const),
    decision: fc.constantFrom('approve' as const, 'cosign' as const),
    people: fc.integer({ min: 1, max: 4 }),
  });
  const someRule = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    name: fc.constant('Rule'),
    when: fc.record(
      {
        kinds: fc.uniqueArray(fc.constantFrom(...intentKind.options), {
          minLength: 1,
          maxLength: 2,
        }),
        assets: fc.uniqueArray(fc.constantFrom('SOL', 'BTC'), { minLength: 1 }),
        amountAbove: fc.constant('1'),
      },
      { requiredKeys: ['kinds'] },
    ),
    outcome: fc.oneof(
      fc.record(
        {
          effect: fc.constant('allow' as const),
          needs: fc.array(need, { minLength: 1, maxLength: 4 }),
          delaySeconds: fc.constantFrom(60, 3600, 500_000),
        },
        { requiredKeys: ['effect', 'needs'] },
      ),
      fc.constant({ effect: 'deny' as const, reason: 'no' }),
    ),
  });

  it('finds something exactly when the protocol does', () => {
    fc.assert(
      fc.property(
        fc.array(someRule, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 60, 700_000),
        (rules, lock) => {
          const policy: Policy = {
            ...sound,
            rules: [...sound.rules, ...(rules as PolicyRule[])],
            ...(lock === undefined ? {} : { timeLockSeconds: lock }),
          };
          expect(findPolicyProblems(policy).length === 0).toBe(findPolicyFault(policy) === null);
        },
      ),
      { numRuns: 500 },
    );
  });
});
