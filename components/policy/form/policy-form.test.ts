import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '#lib/operations/default-policy.ts';
import { policy as policySchema, type Policy } from '#lib/protocol/policy.ts';
import { exactText, readSpan, spanTextOf } from './form-values.ts';
import { formOf, type PolicyForm, type RuleForm } from './policy-form.ts';
import { readPolicy } from './read-policy.ts';
import { readClients, readRule } from './read-rule.ts';

const everything: Policy = {
  ...defaultPolicy('sample', 'sandbox'),
  caps: [{ asset: 'SOL', perOperation: '5000000000001', perDay: '9000000000000' }],
  keyCaps: [{ asset: 'SOL', perDay: '123' }],
  audit: { reportDigest: 'a'.repeat(64), finishedAt: '2026-03-01T00:00:00.000Z' },
  sources: [{ name: 'prices', fact: 'price', publicKey: 'b'.repeat(64), maxAgeSeconds: 90 }],
  coldWithdrawalSeconds: 259_200,
  timeLockSeconds: 172_800,
  book: {
    coolDownSeconds: 5,
    firstUseCaps: [{ asset: 'SOL', amount: '1500000000' }],
    validitySeconds: 31_536_000,
  },
  rules: [
    {
      id: 'all',
      name: 'Everything at once',
      when: {
        kinds: ['withdrawal'],
        assets: ['SOL'],
        tiers: ['hot', 'warm'],
        vaults: ['hot-1'],
        clients: ['C-20418', 'C-1000'],
        amountAbove: '0',
        eurCentsAbove: '1000050',
        destinationClasses: ['exchange'],
        destinationYoungerThan: 90_061,
        firstUse: false,
        velocity: { scope: 'vault', hours: 36, above: '100000000001' },
        hours: {
          zone: 'Europe/Berlin',
          days: [1, 5],
          from: '22:00',
          to: '06:00',
          holds: 'outside',
        },
        risks: ['high'],
        standings: ['under-review', 'blocked'],
        shortfallAbove: '100000001',
      },
      outcome: {
        effect: 'allow',
        needs: [{ group: 'control', decision: 'approve', people: 3 }],
        delaySeconds: 3600,
        secondChannel: true,
      },
    },
    {
      id: 'no',
      name: 'Nothing on Sundays',
      when: { kinds: ['withdrawal', 'release'], firstUse: true },
      outcome: { effect: 'deny', reason: 'nobody is here' },
    },
  ],
};

const ruleWith = (change: Partial<RuleForm>): RuleForm => {
  const [rule] = formOf(everything).rules;
  if (!rule) throw new Error('The sample has a rule.');
  return { ...rule, ...change };
};

describe('a policy in a form', () => {
  it.each([
    ['of a new installation', defaultPolicy('sample', 'production')],
    ['with every condition and bound', everything],
  ])('comes back exactly as it went in: %s', (_name, policy) => {
    const read = readPolicy(formOf(policy), policy);
    expect(read).toEqual({ ok: true, policy });
    expect(policySchema.safeParse(read.ok ? read.policy : null).success).toBe(true);
  });

  it('shows amounts in the unit of the asset, with no digit lost', () => {
    const [rule] = formOf(everything).rules;
    expect(rule?.when.velocity?.above).toBe('100.000000001');
    expect(rule?.when.eur).toBe('10000.5');
    expect(formOf(everything).caps[0]?.first).toBe('5000.000000001');
  });

  it('takes out of the document what was emptied', () => {
    const form: PolicyForm = {
      ...formOf(everything),
      keyCaps: [],
      firstUseCaps: [],
      sources: [],
      audit: null,
      coldWithdrawal: { count: '', unit: 60 },
      timeLock: { count: '', unit: 60 },
      coolDown: { count: '', unit: 60 },
      validity: { count: '', unit: 60 },
    };
    const read = readPolicy(form, everything);
    expect(read.ok && Object.keys(read.policy)).toEqual([
      'type',
      'organisation',
      'environment',
      'version',
      'previous',
      'lifetimes',
      'caps',
      'rules',
    ]);
  });

  it('says what is wrong at the field it stands in, all of it at once', () => {
    const form = formOf(everything);
    const read = readPolicy(
      {
        ...form,
        caps: [{ key: 'SOL', asset: 'SOL', first: '1,5', second: '0.0000000001' }],
        timeLock: { count: '1.5', unit: 3600 },
        audit: { digest: 'A', day: '' },
        rules: [ruleWith({ name: '' })],
      },
      everything,
    );
    expect(read).toEqual({
      ok: false,
      faults: {
        rules: { r0: { name: 'Give the rule a name.' } },
        fields: {
          'caps SOL first': expect.stringContaining('digits with at most one point'),
          'caps SOL second': expect.stringContaining('9 decimals'),
          timeLock: expect.stringContaining('whole number'),
          'audit digest': expect.stringContaining('SHA-256'),
          'audit day': expect.stringContaining('day'),
        },
      },
    });
  });

  it('needs a rule', () => {
    expect(readPolicy({ ...formOf(everything), rules: [] }, everything)).toMatchObject({
      faults: { fields: { rules: expect.stringContaining('at least one rule') } },
    });
  });
});

describe('a rule in a form', () => {
  it.each<[string, Partial<RuleForm>, string]>([
    ['no kind', { kinds: [] }, 'kind'],
    ['an amount of no asset', { when: { amount: '1' } }, 'amount'],
    ['an amount of two assets', { when: { amount: '1', asset: ['SOL', 'BTC'] } }, 'amount'],
    [
      'an amount that would be rounded',
      { when: { amount: '0.1234567891', asset: ['SOL'] } },
      'amount',
    ],
    ['an amount with an exponent', { when: { amount: '1e3', asset: ['SOL'] } }, 'amount'],
    ['tenths of a cent', { when: { eur: '1.005' } }, 'eur'],
    ['an empty list', { when: { tier: [] } }, 'tier'],
    ['a client that is none', { when: { client: 'C-20418, Smith' } }, 'client'],
    [
      'half an hour',
      { when: { velocity: { scope: 'asset', hours: '0.5', above: '1' }, asset: ['SOL'] } },
      'velocity',
    ],
    [
      'an age of nothing',
      { when: { 'destination-age': { count: '0', unit: 60 } } },
      'destination-age',
    ],
    [
      'a zone that is none',
      {
        when: {
          hours: { zone: 'Moon/Base', days: [1], from: '08:00', to: '09:00', holds: 'inside' },
        },
      },
      'hours',
    ],
    [
      'hours without a day',
      { when: { hours: { zone: 'UTC', days: [], from: '08:00', to: '09:00', holds: 'inside' } } },
      'hours',
    ],
    [
      'hours of no length',
      { when: { hours: { zone: 'UTC', days: [1], from: '08:00', to: '08:00', holds: 'inside' } } },
      'hours',
    ],
    ['nobody asked', { needs: [] }, 'needs'],
    ['no people', { needs: [{ group: 'control', decision: 'approve', people: '0' }] }, 'needs'],
    ['a wait of two months', { delay: { count: '60', unit: 86_400 } }, 'delay'],
    ['a refusal without a reason', { effect: 'deny', reason: ' ' }, 'reason'],
    ['a name that hides something', { name: 'Rule\u202e' }, 'name'],
  ])('is not taken with %s', (_name, change, field) => {
    const read = readRule(ruleWith(change));
    expect(read.ok ? [] : Object.keys(read.faults)).toEqual([field]);
  });

  it('reads clients however they are separated, each once', () => {
    expect(readClients(' C-1000,C-2000;C-1000\nC-3000 ')).toEqual({
      ok: true,
      value: ['C-1000', 'C-2000', 'C-3000'],
    });
  });
});

describe('spans and exact figures', () => {
  it('keeps a span in the largest unit without a rest', () => {
    expect([5, 90, 7200, 172_800].map(spanTextOf)).toEqual([
      { count: '5', unit: 1 },
      { count: '90', unit: 1 },
      { count: '2', unit: 3600 },
      { count: '2', unit: 86_400 },
    ]);
    expect(readSpan({ count: '2', unit: 3600 }, { least: 1, most: 7200 })).toEqual({
      ok: true,
      value: 7200,
    });
  });

  it('writes out what a text comes to, and nothing for what is no amount', () => {
    expect(exactText('1000', 'SOL')).toBe('1,000.000000000 SOL');
    expect(exactText('10.5', 'EUR')).toBe('10.50 EUR');
    expect(exactText('7', 'ZZZ')).toBe('7 smallest units of ZZZ');
    expect(exactText('1.', 'SOL')).toBeNull();
  });
});
