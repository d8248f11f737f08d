import { describe, expect, it } from 'vitest';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import { policy as policySchema, type Policy, type PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from './default-policy.ts';

const sources = (['price', 'risk', 'standing'] as const).map((fact, place) => ({
  name: fact,
  fact,
  publicKey: `a${place}`.repeat(32),
  maxAgeSeconds: 60,
}));
const policies: readonly (readonly [string, Policy])[] = [
  ['sandbox', defaultPolicy('sample', 'sandbox')],
  ['sandbox with sources', defaultPolicy('sample', 'sandbox', sources)],
  ['production', defaultPolicy('sample', 'production')],
];

const people = ({ outcome }: PolicyRule): number =>
  outcome.effect === 'allow' ? outcome.needs.reduce((sum, need) => sum + need.people, 0) : 0;

describe.each(policies)('the first policy of %s', (_, policy) => {
  it('is one that parties take', () => {
    expect(findPolicyFault(policySchema.parse(policy))).toBeNull();
  });

  it('asks more people for the release of a freeze than for any withdrawal', () => {
    const withdrawals = policy.rules.filter(({ when }) => when.kinds?.includes('withdrawal'));
    const [release] = policy.rules.filter(({ when }) => when.kinds?.includes('release'));
    if (!release) throw new Error('Nothing is said about releases.');
    for (const rule of withdrawals) expect(people(release)).toBeGreaterThan(people(rule));
  });
});

describe('the first policy of production', () => {
  const policy = defaultPolicy('sample', 'production');

  it('bounds a day and a first payment without the word of any source', () => {
    expect(policy.sources).toBeUndefined();
    expect(policy.caps[0]).toMatchObject({ perDay: expect.stringMatching(/^\d+$/u) });
    expect(policy.book?.firstUseCaps).toHaveLength(1);
  });

  it('asks for a second channel and a wait above an amount', () => {
    expect(policy.rules[0]).toMatchObject({
      when: { kinds: ['withdrawal'], amountAbove: '1000000000000' },
      outcome: { secondChannel: true, delaySeconds: 3600 },
    });
  });
});
