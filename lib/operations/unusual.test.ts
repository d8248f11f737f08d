import { describe, expect, it } from 'vitest';
import { unusualListing, unusualWithdrawal, type WithdrawalFacts } from './unusual.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const usual: WithdrawalFacts = {
  asset: 'SOL',
  amount: 10n,
  earlier: [10n, 11n, 12n],
  destination: { timesUsed: 4, listedAt: new Date('2026-01-01T00:00:00.000Z') },
  repeats: null,
  lookAlikes: [],
  available: 1_000n,
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

  it('says how few there are to compare with, and their exact amounts', () => {
    const told = (earlier: bigint[]) =>
      unusualWithdrawal({ ...usual, amount: 10n ** 15n, available: 10n ** 17n, earlier }, now)
        .found.map(({ title, sentence }) => `${title} ${sentence}`)
        .join(' ');
    expect(told([25_000_000_000n])).toBe('Too few to compare: one earlier, of 25.000000000 SOL.');
    expect(told([25_000_000_000n, 1n])).toBe(
      'Too few to compare: two earlier, of 25.000000000 SOL and 0.000000001 SOL.',
    );
  });

  it('compares with what is available, and always says exactly what remains', () => {
    expect(titles({ amount: 10n, available: 11n })).toEqual(['Takes nearly everything.']);
    const remains = (available: bigint) => unusualWithdrawal({ ...usual, available }, now).remains;
    expect(remains(1_000n)).toContain('0.000000990 SOL remain');
    expect(remains(10n)).toContain('0.000000000 SOL remain');
    expect(remains(7n)).toContain('falls short of it by 0.000000003 SOL');
  });
});

describe('what is unusual about a listing', () => {
  const plain = { isTwice: false, sharedWith: [], hasKey: true, lookAlikes: [] };

  it('is nothing for an address like no other, and says what was compared', () => {
    const { found, compared } = unusualListing(plain);
    expect(found).toEqual([]);
    expect(compared).toContain('first and last 4 characters');
  });

  it('is an address of a program, a second listing, and each look-alike with its likeness', () => {
    const { found } = unusualListing({
      ...plain,
      isTwice: true,
      hasKey: false,
      lookAlikes: [
        { label: 'Cold', client: 'C-1', likeness: 'few-places' },
        { label: 'Warm', client: 'C-2', likeness: 'end' },
      ],
    });
    expect(found.map(({ title }) => title)).toEqual([
      'The client has this address already.',
      'It belongs to a program.',
      'Other addresses look like this one.',
    ]);
    expect(found[2]?.sentence).toContain('“Cold” of C-1 differs from it in 4 places at most');
    expect(found[2]?.sentence).toContain('“Warm” of C-2 ends with the same 4 characters');
  });
});
