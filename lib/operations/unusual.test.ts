import { describe, expect, it } from 'vitest';
import { unusualWithdrawal, type WithdrawalFacts } from './unusual.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const usual: WithdrawalFacts = {
  amount: 10n,
  earlier: [10n, 11n, 12n],
  destination: { timesUsed: 4, listedAt: new Date('2026-01-01T00:00:00.000Z') },
  repeats: null,
  lookAlikes: [],
  balance: 1_000n,
  recipient: { state: 'enough' },
};
const titles = (change: Partial<WithdrawalFacts>) =>
  unusualWithdrawal({ ...usual, ...change }, now).found.map(({ title }) => title);

describe('what is unusual about a withdrawal', () => {
  it('is nothing when everything is as before', () => {
    expect(titles({})).toEqual([]);
  });

  it('names a recipient that would hold less than the chain asks, with the least that would do', () => {
    const recipient = { state: 'too-little', minimum: '0.9 SOL', least: '0.5 SOL' } as const;
    const { found } = unusualWithdrawal({ ...usual, recipient }, now);
    expect(found.map(({ title }) => title)).toEqual(['Less than the chain takes.']);
    expect(found[0]?.sentence).toContain('0.9 SOL');
    expect(found[0]?.sentence).toContain('0.5 SOL');
  });

  it('says so when the chain could not be asked, and does not claim to have compared', () => {
    expect(titles({ recipient: { state: 'unknown' } })).toEqual(['The chain could not be asked.']);
    const compared = (recipient: WithdrawalFacts['recipient']) =>
      unusualWithdrawal({ ...usual, recipient }, now).compared;
    expect(compared({ state: 'enough' })).toContain('what the chain asks of an account');
    expect(compared({ state: 'unknown' })).not.toContain('what the chain asks');
    expect(compared(null)).not.toContain('what the chain asks');
  });
});
