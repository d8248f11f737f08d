import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy, PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from '../default-policy.ts';
import { policyDiff } from './policy-diff.ts';

const first = defaultPolicy('sample', 'sandbox');
/** Of one asset, so that the rules can be named. */
const base: Policy = {
  ...first,
  caps: first.caps.filter(({ asset }) => asset === 'SOL'),
  rules: first.rules.filter(({ when }) => when.assets?.includes('SOL') ?? true),
};
const [large, small, proof, cold, much, transfer, keys, trust, release] = base.rules as [
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
  PolicyRule,
];

describe('policyDiff', () => {
  it('is empty for the same policy under another version', () => {
    expect(policyDiff(base, { ...base, version: 2, previous: 'a'.repeat(64) })).toEqual([]);
  });

  it('says what a rule was and what it is', () => {
    const next: PolicyRule = {
      ...large,
      name: 'Large withdrawals',
      when: { ...large.when, amountAbove: '2000000000000' },
      outcome: { effect: 'deny', reason: 'the desk is closed' },
    };
    expect(
      policyDiff(base, {
        ...base,
        rules: [next, small, proof, cold, much, transfer, keys, trust, release],
      }),
    ).toEqual([
      {
        how: 'changed',
        what: 'rule “Large withdrawals”',
        lines: [
          'Its name was “Withdrawals above 1,000 SOL: two approvers”.',
          'About was: withdrawals above 1,000 SOL.',
          'About is now: withdrawals above 2,000 SOL.',
          'Answer was: asks for two approvers of Control and one co-signer of Custody',
          'Answer is now: refuses: the desk is closed',
        ],
      },
    ]);
  });

  it('names the rule that moved, not those it passed', () => {
    const diff = policyDiff(base, {
      ...base,
      rules: [small, proof, cold, much, transfer, keys, trust, release, large],
    });
    expect(diff).toEqual([
      { how: 'moved', what: `rule “${large.name}”`, lines: ['It moves from place 1 to place 9.'] },
    ]);
  });

  it('says whole rules that come and go', () => {
    const added: PolicyRule = { ...small, id: 'new', name: 'New' };
    const diff = policyDiff(base, {
      ...base,
      rules: [added, large, small, proof, cold, much, transfer, keys, trust],
    });
    expect(diff.map(({ how, what }) => `${how} ${what}`)).toEqual([
      'added rule “New”',
      `removed rule “${release.name}”`,
    ]);
    expect(diff[0]?.lines).toEqual([
      'Withdrawals need one approver of Control and one co-signer of Custody.',
      'It stands as rule 1 of 9.',
    ]);
  });

  it('says bounds, waits, sources and lifetimes with what they were', () => {
    const source = { name: 'prices', fact: 'price', maxAgeSeconds: 60 } as const;
    const before: Policy = {
      ...base,
      keyCaps: [{ asset: 'SOL', perDay: '1000000000' }],
      sources: [{ ...source, publicKey: 'a'.repeat(64) }],
    };
    const after: Policy = {
      ...base,
      caps: [{ asset: 'SOL', perOperation: '5000000000000', perDay: '9000000000000' }],
      sources: [{ ...source, publicKey: 'b'.repeat(64) }],
      lifetimes: { ...base.lifetimes, withdrawal: 3600 },
      book: { validitySeconds: 86_400 },
      keyCaps: [],
      audit: { reportDigest: 'c'.repeat(64), finishedAt: '2026-03-01T00:00:00.000Z' },
    };
    expect(policyDiff(before, after).map(({ how, what }) => `${how} ${what}`)).toEqual([
      'changed cap for SOL',
      'removed bound of SOL under one key',
      'added audit of the signing code',
      'removed cool-down of a destination',
      'changed certification of a destination',
      'changed source “prices”',
      'changed how long statements about withdrawals count',
    ]);
    expect(policyDiff(before, after)[0]?.lines).toEqual([
      'Was: at most 5,000 SOL in one withdrawal, with no bound over a day.',
      'Is now: at most 5,000 SOL in one withdrawal and 9,000 SOL in any 24 hours.',
    ]);
  });

  const units = fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String);
  const some = fc.record(
    {
      perOperation: units,
      firstUse: units,
      keyCap: units,
      lock: fc.integer({ min: 1, max: 99_999 }),
      lifetime: fc.integer({ min: 60, max: 99_999 }),
      order: fc.shuffledSubarray([...base.rules], { minLength: 1 }),
      above: units,
      people: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: ['perOperation', 'lifetime', 'order', 'people'] },
  );
  type Some = {
    perOperation: string;
    firstUse?: string | undefined;
    keyCap?: string | undefined;
    lock?: number | undefined;
    lifetime: number;
    order: PolicyRule[];
    above?: string | undefined;
    people: number;
  };
  const policyOf = (some: Some): Policy => {
    const { perOperation, firstUse, keyCap, lock, lifetime, order, above, people } = some;
    const { timeLockSeconds: _lock, book: _book, ...rest } = base;
    return {
      ...rest,
      caps: [{ asset: 'SOL', perOperation }],
      lifetimes: { ...base.lifetimes, freeze: lifetime },
      rules: order.map((rule) =>
        rule.id === 'withdrawal'
          ? {
              ...rule,
              when: {
                ...rule.when,
                ...(above === undefined ? {} : { assets: ['SOL'], amountAbove: above }),
              },
              outcome: {
                effect: 'allow',
                needs: [{ group: 'control', decision: 'approve', people }],
              },
            }
          : rule,
      ),
      ...(lock === undefined ? {} : { timeLockSeconds: lock }),
      ...(firstUse === undefined
        ? {}
        : { book: { firstUseCaps: [{ asset: 'SOL', amount: firstUse }] } }),
      ...(keyCap === undefined ? {} : { keyCaps: [{ asset: 'SOL', perDay: keyCap }] }),
    };
  };

  it('is empty exactly when nothing is different', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [before, after] = [policyOf(a), policyOf(b)];
        expect(policyDiff(before, before)).toEqual([]);
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        expect(policyDiff(before, after).length === 0).toBe(isSame);
      }),
    );
  });
});
