import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '#lib/protocol/policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { describeCaps, describeLifetimes, describeRule, inWords } from './describe-policy.ts';

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

describe('the policy of a new installation', () => {
  const policy = defaultPolicy('sample', 'sandbox');

  it('has a sentence for each rule, cap and lifetime', () => {
    expect(policy.rules.map(describeRule).every((text) => /^[A-Z].* need .*\.$/.test(text))).toBe(
      true,
    );
    expect(describeCaps(policy.caps)).toEqual(['At most 5,000 SOL leave in one withdrawal.']);
    expect(describeLifetimes(policy.lifetimes)[0]).toBe(
      'Statements about withdrawals count for 4 hours.',
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
