import type { Policy, PolicyRule, PolicyTrace, PolicyVerdict } from '#lib/protocol/policy.ts';
import type { ConditionName } from '#lib/protocol/policy-conditions.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { NOW, policy } from '#lib/protocol/testing/sample.ts';
import type { Answered, Examples } from './example.ts';
import { closed, large } from './policies.ts';

export type VerdictExample = Answered<{ policy: Policy; facts: PolicyFacts }, PolicyVerdict>;

/** 1.25 SOL out of a warm vault to a wallet of the client that was paid before. */
const facts: PolicyFacts = {
  kind: 'withdrawal',
  asset: 'SOL',
  amount: '1250000000',
  tier: 'warm',
  vault: 'warm-1',
  client: 'C-20418',
  destination: { class: 'client-wallet', ageSeconds: 864_000, firstUse: false },
  eurCents: '21250',
  risk: 'low',
  standing: 'good',
  spent: [],
  now: NOW,
};

const dear: PolicyRule = {
  id: 'dear',
  name: 'Nothing worth more than a million euro',
  when: { kinds: ['withdrawal'], eurCentsAbove: '100000000' },
  outcome: { effect: 'deny', reason: 'Worth too much for one withdrawal.' },
};
const atNight: PolicyRule = {
  id: 'at-night',
  name: 'Nothing leaves outside the hours of work in Vienna',
  when: {
    kinds: ['withdrawal'],
    hours: {
      zone: 'Europe/Vienna',
      days: [1, 2, 3, 4, 5],
      from: '08:00',
      to: '18:00',
      holds: 'outside',
    },
  },
  outcome: { effect: 'deny', reason: 'Outside the hours of work.' },
};

const short: PolicyRule = {
  id: 'short',
  name: 'Nothing leaves while more than 10 SOL are missing',
  when: { kinds: ['withdrawal'], assets: ['SOL'], shortfallAbove: '10000000000' },
  outcome: { effect: 'deny', reason: 'Less is there than the books say.' },
};

const ruled: Policy = { ...policy, rules: [closed, large, atNight, dear, ...policy.rules] };

const passed = (rule: PolicyRule, unmet: ConditionName): PolicyTrace => ({
  rule: rule.id,
  matched: false,
  unmet,
});
const decided = ({ id, outcome }: PolicyRule, ...before: PolicyTrace[]): PolicyVerdict => ({
  outcome,
  rule: id,
  trace: [...before, { rule: id, matched: true, unmet: null }],
  missing: null,
});

const [usual] = policy.rules;
if (!usual) throw new Error('The sample policy has no rule.');
const { eurCents: price, ...withoutPrice } = facts;
if (price === undefined) throw new Error('The sample facts have a price.');

export const verdicts: Examples<VerdictExample> = {
  '1-usual-people': {
    input: { policy: ruled, facts },
    expected: decided(
      usual,
      passed(closed, 'tier'),
      passed(large, 'amount'),
      passed(atNight, 'hours'),
      passed(dear, 'eur'),
    ),
  },
  '2-large-amount': {
    input: { policy: ruled, facts: { ...facts, amount: '100000000001' } },
    expected: decided(large, passed(closed, 'tier')),
  },
  '3-at-night': {
    input: { policy: ruled, facts: { ...facts, now: '2026-03-02T17:00:00.000Z' } },
    expected: decided(atNight, passed(closed, 'tier'), passed(large, 'amount')),
  },
  '4-price-missing': {
    input: { policy: ruled, facts: withoutPrice },
    expected: {
      outcome: {
        effect: 'deny',
        reason: `the rule "${dear.name}" looks at something that is not known or too old`,
      },
      rule: null,
      trace: [
        passed(closed, 'tier'),
        passed(large, 'amount'),
        passed(atNight, 'hours'),
        passed(dear, 'eur'),
      ],
      missing: 'eur',
    },
  },
  '5-above-the-cap': {
    input: { policy: ruled, facts: { ...facts, amount: '500000000001' } },
    expected: {
      outcome: { effect: 'deny', reason: 'the amount is above the cap for SOL' },
      rule: null,
      trace: [],
      missing: null,
    },
  },
  '6-coins-missing': {
    input: {
      policy: { ...policy, rules: [short, ...policy.rules] },
      facts: { ...facts, shortfall: '10000000001' },
    },
    expected: decided(short),
  },
};
