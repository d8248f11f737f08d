import { describe, expect, it } from 'vitest';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import {
  evaluatePolicy,
  policy as policySchema,
  type Policy,
  type PolicyRule,
} from '#lib/protocol/policy.ts';
import { assets } from '#lib/chains/assets.ts';
import { assetBounds } from './default-bounds.ts';
import { defaultPolicy } from './default-policy.ts';
import { amountText } from './policy-words.ts';

const sources = (['price', 'risk', 'standing', 'books'] as const).map((fact, place) => ({
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
    expect(policy.book?.firstUseCaps?.map(({ asset }) => asset)).toEqual(
      assets.map(({ code }) => code),
    );
  });

  it('asks for a second channel and a wait above an amount', () => {
    expect(policy.rules[0]).toMatchObject({
      when: { kinds: ['withdrawal'], amountAbove: '1000000000000' },
      outcome: { secondChannel: true, delaySeconds: 3600 },
    });
  });
});

describe('the first policy of a sandbox with a source of shortfalls', () => {
  const policy = defaultPolicy('sample', 'sandbox', sources);
  const ordinary: PolicyFacts = {
    kind: 'withdrawal',
    asset: 'SOL',
    amount: '1000000000',
    tier: 'warm',
    vault: 'warm-1',
    client: 'C-1001',
    destination: { class: 'client-wallet', ageSeconds: 1_000_000, firstUse: false },
    eurCents: '15000',
    risk: 'low',
    standing: 'good',
    shortfall: '0',
    spent: [
      { scope: 'asset', hours: 24, amount: '0' },
      { scope: 'client', hours: 24, amount: '0' },
    ],
    now: '2026-06-01T12:00:00.000Z',
  };
  const ruleFor = (changes: Partial<PolicyFacts>) =>
    evaluatePolicy(policy, { ...ordinary, ...changes }).rule;

  it('asks for a second approver above a little that is missing, and refuses above much', () => {
    expect(ruleFor({})).toBe('withdrawal');
    expect(ruleFor({ shortfall: '100000000' })).toBe('withdrawal');
    expect(ruleFor({ shortfall: '100000001' })).toBe('withdrawal-some-missing');
    expect(ruleFor({ shortfall: '10000000000' })).toBe('withdrawal-some-missing');
    expect(ruleFor({ shortfall: '10000000001' })).toBe('withdrawal-much-missing');
  });

  it('asks for no less of a large withdrawal than it would with nothing missing', () => {
    const large = { eurCents: '10000001' };
    expect(ruleFor({ ...large, shortfall: '100000001' })).toBe('withdrawal-very-large');
  });

  it('refuses while nobody says what is missing', () => {
    const { shortfall: _silent, ...rest } = ordinary;
    const verdict = evaluatePolicy(policy, rest);
    expect(verdict).toMatchObject({ rule: null, missing: 'shortfall' });
    expect(verdict.outcome.effect).toBe('deny');
  });

  it('looks at no shortfall where no source tells of one', () => {
    const without = sources.filter(({ fact }) => fact !== 'books');
    const { rules } = defaultPolicy('sample', 'sandbox', without);
    expect(rules.filter(({ when }) => when.shortfallAbove !== undefined)).toEqual([]);
  });

  it('has rules about what is missing and about a day for every asset that is offered', () => {
    const about = (has: (rule: PolicyRule) => boolean): (string | undefined)[] =>
      policy.rules.filter(has).map(({ when }) => when.assets?.[0]);
    const offered = assets.map(({ code }) => code);
    const missing = about(({ when }) => when.shortfallAbove !== undefined);
    expect(missing).toEqual([...offered, ...offered]);
    expect(about(({ when }) => when.velocity !== undefined)).toEqual(offered);
  });

  it.each(assetBounds)(
    'asks for more, and then refuses, by what is missing of $asset and of no other',
    ({ asset, suffix, fewMissing, manyMissing }) => {
      const ruleWith = (shortfall: bigint) =>
        ruleFor({ asset, amount: '1', shortfall: shortfall.toString() });
      expect(ruleWith(BigInt(fewMissing))).toBe('withdrawal');
      expect(ruleWith(BigInt(fewMissing) + 1n)).toBe(`withdrawal-some-missing${suffix}`);
      expect(ruleWith(BigInt(manyMissing) + 1n)).toBe(`withdrawal-much-missing${suffix}`);
    },
  );

  it.each(assetBounds)(
    'asks for a second approver once a client’s day goes above $largeText',
    ({ asset, suffix, large }) => {
      const ruleWith = (amount: bigint) =>
        ruleFor({
          asset,
          amount: '1',
          spent: [
            { scope: 'asset', hours: 24, amount: '0' },
            { scope: 'client', hours: 24, amount: amount.toString() },
          ],
        });
      expect(ruleWith(BigInt(large))).toBe(`withdrawal-much-in-a-day${suffix}`);
      expect(ruleWith(0n)).toBe('withdrawal');
    },
  );

  it.each(assetBounds)(
    'has bounds for $asset that rise from what one approver lets pass to what a day takes',
    (of) => {
      const rising = [of.fewMissing, of.manyMissing, of.large, of.perOperation, of.perDay].map(
        BigInt,
      );
      expect(rising).toEqual(rising.toSorted((one, two) => (one < two ? -1 : 1)));
      expect(new Set(rising).size).toBe(rising.length);
      // The words are those of the amounts.
      expect(amountText(of.fewMissing, of.asset)).toBe(of.fewMissingText);
      expect(amountText(of.manyMissing, of.asset)).toBe(of.manyMissingText);
      expect(amountText(of.large, of.asset)).toBe(of.largeText);
    },
  );
});
