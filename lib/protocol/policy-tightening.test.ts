import { describe, expect, test } from 'vitest';
import { policyTightens } from './policy-change.ts';
import type { FactSource, Policy, PolicyRule, Requirement } from './policy.ts';
import { policy } from './testing/sample.ts';

const approve = (people: number): Requirement => ({
  group: 'control',
  decision: 'approve',
  people,
});
const cosign = (people: number): Requirement => ({ group: 'custody', decision: 'cosign', people });
const rule = (id: string, changes: Partial<PolicyRule> = {}): PolicyRule => ({
  id,
  name: id,
  when: { kinds: ['withdrawal'] },
  outcome: { effect: 'allow', needs: [approve(1), cosign(1)] },
  ...changes,
});
const denial = rule('no', { outcome: { effect: 'deny', reason: 'closed' } });
const source = (name: string, changes: Partial<FactSource> = {}): FactSource => ({
  name,
  fact: 'price',
  publicKey: 'ab'.repeat(32),
  maxAgeSeconds: 600,
  ...changes,
});
const risk = source('screening', { fact: 'risk', publicKey: 'cd'.repeat(32) });
const audit = { reportDigest: 'ab'.repeat(32), finishedAt: '2026-01-01T00:00:00.000Z' };

const large = rule('large', {
  when: { kinds: ['withdrawal'], assets: ['SOL'], amountAbove: '10' },
  outcome: { effect: 'allow', needs: [approve(2), cosign(1)], delaySeconds: 60 },
});
const current: Policy = {
  ...policy,
  caps: [
    { asset: 'SOL', perOperation: '100', perDay: '500' },
    { asset: 'USDC', perOperation: '100' },
  ],
  sources: [source('exchange'), source('bank', { publicKey: 'ef'.repeat(32) }), risk],
  timeLockSeconds: 600,
  book: {
    coolDownSeconds: 60,
    firstUseCaps: [{ asset: 'SOL', amount: '5' }],
    validitySeconds: 86_400,
  },
  keyCaps: [{ asset: 'SOL', perDay: '1000' }],
  rules: [large, rule('usual')],
};
const { book = {}, keyCaps = [], sources = [] } = current;
const needing = (...needs: Requirement[]): Policy['rules'] => [
  { ...large, outcome: { effect: 'allow', needs, delaySeconds: 60 } },
  rule('usual'),
];
const change = (changes: Partial<Policy>, from: Policy = current): Policy => ({
  ...from,
  ...changes,
});
const omit = (name: keyof Policy, from: Policy = current): Policy => {
  const { [name]: _omitted, ...rest } = from;
  return rest as Policy;
};

test.each<[string, Policy]>([
  ['nothing', current],
  ['a denial before everything', change({ rules: [denial, ...current.rules] })],
  ['a denial between', change({ rules: [large, denial, rule('usual')] })],
  [
    'a rule that denies now',
    change({ rules: [{ ...large, outcome: denial.outcome }, rule('usual')] }),
  ],
  ['more people', change({ rules: needing(approve(3), cosign(2)) })],
  [
    'another decision of the same group',
    change({ rules: needing(approve(2), cosign(1), { ...cosign(1), group: 'control' }) }),
  ],
  [
    'a longer wait',
    change({
      rules: [
        {
          ...large,
          outcome: { effect: 'allow', needs: [approve(2), cosign(1)], delaySeconds: 61 },
        },
        rule('usual'),
      ],
    }),
  ],
  [
    'a second channel',
    change({
      rules: [
        large,
        rule('usual', {
          outcome: { effect: 'allow', needs: [approve(1), cosign(1)], secondChannel: true },
        }),
      ],
    }),
  ],
  [
    'a denial while the books are short',
    change({
      rules: [
        {
          ...denial,
          when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove: '1' },
        },
        ...current.rules,
      ],
    }),
  ],
  ['another name', change({ rules: [{ ...large, name: 'Large ones' }, rule('usual')] })],
  [
    'a lower cap',
    change({
      caps: [
        { asset: 'SOL', perOperation: '99', perDay: '499' },
        { asset: 'USDC', perOperation: '0' },
      ],
    }),
  ],
  [
    'a cap a day for an asset without',
    change({
      caps: [
        { asset: 'SOL', perOperation: '100', perDay: '500' },
        { asset: 'USDC', perOperation: '100', perDay: '1' },
      ],
    }),
  ],
  [
    'an asset that can not leave any more, with all its bounds',
    change({
      caps: [{ asset: 'USDC', perOperation: '100' }],
      book: { ...book, firstUseCaps: [] },
      keyCaps: [],
    }),
  ],
  ['nothing can leave any more', change({ caps: [] })],
  [
    'a lower cap of first payments',
    change({
      book: {
        ...book,
        firstUseCaps: [
          { asset: 'SOL', amount: '4' },
          { asset: 'USDC', amount: '1' },
        ],
      },
    }),
  ],
  ['a longer cool-down', change({ book: { ...book, coolDownSeconds: 61 } })],
  ['a shorter validity', change({ book: { ...book, validitySeconds: 86_399 } })],
  [
    'a lower cap of a key',
    change({
      keyCaps: [
        { asset: 'SOL', perDay: '999' },
        { asset: 'USDC', perDay: '1' },
      ],
    }),
  ],
  ['a longer time-lock', change({ timeLockSeconds: 601 })],
  ['shorter lifetimes', change({ lifetimes: { ...current.lifetimes, withdrawal: 60 } })],
  ['fewer hours for cold vaults than for others', change({ coldWithdrawalSeconds: 60 })],
  ['as many for cold vaults as for others', change({ coldWithdrawalSeconds: 900 })],
  ['no price any more', change({ sources: [risk] })],
  ['no sources any more', omit('sources')],
  [
    'a verdict that counts for less long',
    change({ sources: [source('exchange'), sources[1] ?? risk, { ...risk, maxAgeSeconds: 1 }] }),
  ],
  [
    'one of two that counts for less long, since both have to speak',
    change({ sources: [source('exchange', { maxAgeSeconds: 599 }), sources[1] ?? risk, risk] }),
  ],
  ['sources in another order', change({ sources: sources.toReversed() })],
])('tightens: %s', (_, next) => expect(policyTightens(current, next)).toBe(true));

describe('loosens, or can not be told', () => {
  test.each<[string, Policy]>([
    ['a rule that allows', change({ rules: [rule('new'), ...current.rules] })],
    ['one at the end', change({ rules: [...current.rules, rule('new')] })],
    ['a rule less', change({ rules: [rule('usual')] })],
    ['no rules', change({ rules: [] })],
    ['another order', change({ rules: current.rules.toReversed() })],
    [
      'another question',
      change({ rules: [{ ...large, when: { ...large.when, amountAbove: '9' } }, rule('usual')] }),
    ],
    [
      'the same question of more kinds',
      change({ rules: [large, rule('usual', { when: { kinds: ['withdrawal', 'release'] } })] }),
    ],
    ['another id for the same rule', change({ rules: [{ ...large, id: 'big' }, rule('usual')] })],
    ['a rule twice', change({ rules: [large, large] })],
    ['fewer people', change({ rules: needing(approve(1), cosign(1)) })],
    ['a need less', change({ rules: needing(approve(2)) })],
    [
      'another group in its place',
      change({ rules: needing(approve(2), { ...cosign(1), group: 'recovery' }) }),
    ],
    [
      'another group as well, whose party would sign too',
      change({ rules: needing(approve(2), cosign(1), { ...cosign(1), group: 'recovery' }) }),
    ],
    [
      'a shorter wait',
      change({
        rules: [
          {
            ...large,
            outcome: { effect: 'allow', needs: [approve(2), cosign(1)], delaySeconds: 59 },
          },
          rule('usual'),
        ],
      }),
    ],
    [
      'no wait',
      change({
        rules: [
          { ...large, outcome: { effect: 'allow', needs: [approve(2), cosign(1)] } },
          rule('usual'),
        ],
      }),
    ],
    ['a higher cap', change({ caps: [{ asset: 'SOL', perOperation: '101', perDay: '500' }] })],
    [
      'a cap for another asset',
      change({ caps: [...current.caps, { asset: 'BTC', perOperation: '0' }] }),
    ],
    [
      'a higher cap a day',
      change({ caps: [{ asset: 'SOL', perOperation: '100', perDay: '501' }] }),
    ],
    ['no cap a day', change({ caps: [{ asset: 'SOL', perOperation: '100' }] })],
    ['no book', omit('book')],
    [
      'no caps of first payments',
      change({ book: { coolDownSeconds: 60, validitySeconds: 86_400 } }),
    ],
    [
      'a higher cap of first payments',
      change({ book: { ...book, firstUseCaps: [{ asset: 'SOL', amount: '6' }] } }),
    ],
    ['a shorter cool-down', change({ book: { ...book, coolDownSeconds: 59 } })],
    ['a longer validity', change({ book: { ...book, validitySeconds: 86_401 } })],
    [
      'no end of validity',
      change({ book: { coolDownSeconds: 60, firstUseCaps: [{ asset: 'SOL', amount: '5' }] } }),
    ],
    ['a higher cap of a key', change({ keyCaps: [{ asset: 'SOL', perDay: '1001' }] })],
    ['no caps of keys', omit('keyCaps')],
    ['an audit on record', change({ audit })],
    ['no time-lock', omit('timeLockSeconds')],
    ['a shorter time-lock', change({ timeLockSeconds: 599 })],
    ['longer lifetimes', change({ lifetimes: { ...current.lifetimes, freeze: 3601 } })],
    ['more hours for cold vaults', change({ coldWithdrawalSeconds: 901 })],
    [
      'a source more',
      change({ sources: [...sources, source('third', { publicKey: '12'.repeat(32) })] }),
    ],
    [
      'one of two sources less, which may be the one that says the most',
      change({ sources: [source('exchange'), risk] }),
    ],
    [
      'one of two that counts for longer',
      change({ sources: [source('exchange', { maxAgeSeconds: 601 }), sources[1] ?? risk, risk] }),
    ],
    [
      'a fact that counts for longer',
      change({ sources: [...sources.slice(0, 2), { ...risk, maxAgeSeconds: 601 }] }),
    ],
    [
      'another key of a source',
      change({ sources: [...sources.slice(0, 2), { ...risk, publicKey: '12'.repeat(32) }] }),
    ],
    [
      'the first source of a fact, which may say what makes a looser rule fit',
      change({
        sources: [...sources, source('books', { fact: 'books', publicKey: '12'.repeat(32) })],
      }),
    ],
    [
      'another fact from a source',
      change({ sources: [...sources.slice(0, 2), { ...risk, fact: 'standing' }] }),
    ],
  ])('%s', (_, next) => expect(policyTightens(current, next)).toBe(false));

  test('a larger shortfall that a denial lets pass', () => {
    const short = (shortfallAbove: string): Policy =>
      change({
        rules: [
          { ...denial, when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove } },
          ...current.rules,
        ],
      });
    expect(policyTightens(short('10'), short('11'))).toBe(false);
    expect(policyTightens(short('10'), short('10'))).toBe(true);
    expect(policyTightens(short('10'), current)).toBe(false);
  });

  test('an audit on record, also where there are no caps of keys yet', () => {
    const without = omit('keyCaps');
    expect(policyTightens(without, change({ audit }, without))).toBe(false);
  });

  test('another audit than the one on record; taking one off the record tightens', () => {
    const audited = change({ audit });
    expect(
      policyTightens(audited, change({ audit: { ...audit, reportDigest: 'cd'.repeat(32) } })),
    ).toBe(false);
    expect(policyTightens(audited, current)).toBe(true);
  });

  test('caps of keys that an audit lifts, which would be missed once it is taken back', () => {
    const audited = change({ audit });
    expect(policyTightens(audited, change({ keyCaps: [] }, audited))).toBe(false);
    expect(policyTightens(audited, change({ keyCaps }, audited))).toBe(true);
  });

  test('a denial becomes no allowance, and stays where it is', () => {
    const denying = change({ rules: [denial] });
    expect(policyTightens(change({ rules: [denial, ...current.rules] }), current)).toBe(false);
    expect(
      policyTightens(
        change({ rules: [denial, ...current.rules] }),
        change({ rules: [...current.rules, denial] }),
      ),
    ).toBe(false);
    expect(
      policyTightens(denying, change({ rules: [{ ...denial, outcome: rule('x').outcome }] })),
    ).toBe(false);
  });
});
