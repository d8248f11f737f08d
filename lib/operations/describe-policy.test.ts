import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { describeCaps, describeLifetimes, describeRule } from './describe-policy.ts';
import { daysText, inWords, spanText } from './policy-words.ts';

const rule = (when: PolicyRule['when'], outcome?: PolicyRule['outcome']): PolicyRule => ({
  id: 'r',
  name: 'Rule',
  when,
  outcome: outcome ?? {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ],
  },
});

describe('describeRule', () => {
  it('says every condition and everybody it asks for', () => {
    expect(
      describeRule(
        rule({
          kinds: ['withdrawal'],
          assets: ['SOL'],
          tiers: ['hot', 'warm'],
          amountAbove: '1500000000',
        }),
      ),
    ).toBe(
      'Withdrawals from hot or warm vaults above 1.5 SOL need two approvers of Control and one co-signer of Custody.',
    );
    expect(describeRule(rule({ kinds: ['roster-change', 'destination-listing'] }))).toBe(
      'Roster changes and destination listings need two approvers of Control and one co-signer of Custody.',
    );
  });

  it('says why a rule refuses', () => {
    expect(
      describeRule(
        rule(
          { kinds: ['withdrawal'], assets: ['SOL'] },
          { effect: 'deny', reason: 'the chain is halted' },
        ),
      ),
    ).toBe('Withdrawals of SOL are refused: the chain is halted.');
  });

  it('never rounds an amount and keeps zeros before the point', () => {
    const above = (amountAbove: string) =>
      describeRule(rule({ kinds: ['withdrawal'], assets: ['SOL'], amountAbove }));
    expect(above('1000000000001')).toContain('above 1,000.000000001 SOL need');
    expect(above('1000000000000')).toContain('above 1,000 SOL need');
    expect(above('0')).toContain('above 0 SOL need');
  });

  it('shows units of an asset that it does not know rather than guess its decimals', () => {
    expect(
      describeRule(rule({ kinds: ['withdrawal'], assets: ['ZZZ'], amountAbove: '15' })),
    ).toContain('above 15 smallest units of ZZZ');
  });
});

describe('describeRule, condition by condition', () => {
  const sentence = (when: Partial<PolicyRule['when']>) =>
    describeRule(rule({ kinds: ['withdrawal'], ...when })).replace(/ need two approvers.*$/, '');

  it.each<[string, Partial<PolicyRule['when']>]>([
    ['Withdrawals from vaults hot-1 or warm-1', { vaults: ['hot-1', 'warm-1'] }],
    ['Withdrawals for client C-20418', { clients: ['C-20418'] }],
    ['Withdrawals to exchanges or custodians', { destinationClasses: ['exchange', 'custodian'] }],
    ['Withdrawals to an address listed less than 2 days ago', { destinationYoungerThan: 172_800 }],
    ['Withdrawals to an address never paid before', { firstUse: true }],
    ['Withdrawals to an address paid before', { firstUse: false }],
    ['Withdrawals, worth more than 10,000.00 EUR,', { eurCentsAbove: '1000000' }],
    ['Withdrawals, when the risk of the address is high or severe,', { risks: ['high', 'severe'] }],
    [
      'Withdrawals, when the standing of the client is under review,',
      { standings: ['under-review'] },
    ],
    [
      'Withdrawals of SOL, while more than 0.1 SOL is missing unexplained,',
      { assets: ['SOL'], shortfallAbove: '100000000' },
    ],
    [
      'Withdrawals of SOL, when with it more than 100 SOL leave from the same vault within 1 day,',
      { assets: ['SOL'], velocity: { scope: 'vault', hours: 24, above: '100000000000' } },
    ],
    [
      'Withdrawals, outside 08:00 to 18:00 on Monday to Friday, Europe/Berlin time,',
      {
        hours: {
          zone: 'Europe/Berlin',
          days: [1, 2, 3, 4, 5],
          from: '08:00',
          to: '18:00',
          holds: 'outside',
        },
      },
    ],
    [
      'Withdrawals, between 22:00 and 06:00 every day, UTC time,',
      {
        hours: {
          zone: 'UTC',
          days: [1, 2, 3, 4, 5, 6, 7],
          from: '22:00',
          to: '06:00',
          holds: 'inside',
        },
      },
    ],
  ])('%s', (words, when) => {
    expect(sentence(when)).toBe(words);
  });

  it('counts names where there are too many to read', () => {
    const clients = Array.from({ length: 7 }, (_, index) => `C-1000${index}`);
    expect(sentence({ clients })).toBe('Withdrawals for one of 7 clients');
  });

  it('says the wait and the second channel after the people', () => {
    expect(
      describeRule(
        rule(
          { kinds: ['withdrawal'] },
          {
            effect: 'allow',
            needs: [{ group: 'control', decision: 'approve', people: 1 }],
            delaySeconds: 86_400,
            secondChannel: true,
          },
        ),
      ),
    ).toBe(
      'Withdrawals need one approver of Control. Each party then waits 1 day; anyone entitled may say no meanwhile. Each person types the code that the party of their group shows them.',
    );
  });
});

describe('spans and days', () => {
  it('takes the largest unit that leaves no rest', () => {
    expect([1, 60, 90, 5400, 7200, 172_800].map(spanText)).toEqual([
      '1 second',
      '1 minute',
      '90 seconds',
      '90 minutes',
      '2 hours',
      '2 days',
    ]);
  });

  it('names runs of days by their ends', () => {
    expect(
      [
        [1, 2, 3, 4, 5],
        [6, 7],
        [1, 3],
        [7, 1, 2, 3, 4, 5, 6],
      ].map(daysText),
    ).toEqual(['Monday to Friday', 'Saturday and Sunday', 'Monday and Wednesday', 'every day']);
  });
});

describe('the policy of a new installation', () => {
  const policy = defaultPolicy('sample', 'sandbox');

  it('has a sentence for each rule, cap and lifetime', () => {
    expect(policy.rules.map(describeRule).every((text) => /^[A-Z].* need .*\.$/.test(text))).toBe(
      true,
    );
    expect(describeCaps(policy.caps)).toEqual([
      'At most 5,000 SOL leave in one withdrawal.',
      'At most 10 BTC leave in one withdrawal.',
      'At most 250 ETH leave in one withdrawal.',
      'At most 750,000 EURC leave in one withdrawal.',
    ]);
    expect(describeLifetimes(policy)[0]).toBe('Statements about withdrawals count for 4 hours.');
    expect(describeLifetimes(policy).at(-1)).toBe(
      'Statements about withdrawals from cold vaults count for 2 days.',
    );
  });
});

describe('inWords', () => {
  it('lists as people do', () => {
    expect([
      inWords([]),
      inWords(['a']),
      inWords(['a', 'b']),
      inWords(['a', 'b', 'c'], 'or'),
    ]).toEqual(['', 'a', 'a and b', 'a, b or c']);
  });
});
