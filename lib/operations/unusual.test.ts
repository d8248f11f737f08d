import { describe, expect, it } from 'vitest';
import type { LookAlike } from './look-alike.ts';
import {
  unusualCeremony,
  unusualListing,
  unusualWithdrawal,
  type WithdrawalFacts,
} from './unusual.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const address = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
const usual: WithdrawalFacts = {
  address,
  asset: 'SOL',
  amount: 10n,
  earlier: [10n, 11n, 12n],
  destination: { timesUsed: 4, listedAt: new Date('2026-01-01T00:00:00.000Z') },
  repeats: null,
  lookAlikes: [],
  available: 1_000n,
  fee: 0n,
  otherFee: null,
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

  it('names an amount that no node of Bitcoin passes on, with the least that would do', () => {
    const recipient = { state: 'dust', least: '0.00000330 BTC' } as const;
    const { found } = unusualWithdrawal({ ...usual, recipient }, now);
    expect(found[0]?.title).toBe('Less than nodes pass on.');
    expect(found[0]?.sentence).toContain('0.00000330 BTC');
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

  it('takes the highest network fee off as well where the client bears it in the same asset', () => {
    const remains = (available: bigint) =>
      unusualWithdrawal({ ...usual, available, fee: 5n }, now).remains;
    expect(remains(1_000n)).toBe(
      'After it and a network fee of at most 0.000000005 SOL, 0.000000985 SOL remain available to the client, other holds taken off.',
    );
    expect(remains(12n)).toContain(
      'falls short of it and a network fee of at most 0.000000005 SOL by 0.000000003 SOL',
    );
  });
});

describe('the network fee of a token', () => {
  const remains = (available: bigint) =>
    unusualWithdrawal({ ...usual, otherFee: { asset: 'BTC', highest: 5n, available } }, now)
      .remains;

  it('is told with what it leaves of the asset that pays it, or what is short of it', () => {
    expect(remains(7n)).toMatch(
      /The network fee, at most 0.00000005 BTC, leaves at least 0.00000002 BTC\.$/,
    );
    expect(remains(4n)).toMatch(/is more than the 0.00000004 BTC that the client has available\.$/);
  });
});

describe('what was looked at', () => {
  it('names how many withdrawals there were, and none as none', () => {
    const compared = (earlier: bigint[]) => unusualWithdrawal({ ...usual, earlier }, now).compared;
    expect(compared([])).toContain('of the last 90 days, of which there is none');
    expect(compared([1n])).toContain('this client’s 1 withdrawal of');
    expect(compared([1n, 2n])).toContain('this client’s 2 withdrawals of');
  });
});

describe('what is unusual about a key ceremony', () => {
  const usualCeremony = { isColdInName: false, outside: [], missing: [] };
  const told = (change: Partial<Parameters<typeof unusualCeremony>[0]>) =>
    unusualCeremony({ ...usualCeremony, ...change }).found.map(
      ({ title, sentence }) => `${title} ${sentence}`,
    );

  it('is nothing where everybody takes part to whom such a key belongs', () => {
    expect(told({})).toEqual([]);
  });

  it('names who gets no share, and who would hold one from outside the roster', () => {
    expect(told({ missing: ['recovery'] })).toEqual([
      'Not every party takes part. recovery gets no share.',
    ]);
    expect(told({ missing: ['custody', 'recovery'], outside: ['stranger'] })).toEqual([
      'Not every party takes part. custody and recovery get no share.',
      'A party that is not in the roster. stranger would hold a share.',
    ]);
  });

  it('says so where a cold vault’s shares would all lie online', () => {
    expect(told({ isColdInName: true })[0]).toMatch(/^Cold in name only\./);
  });
});

describe('what is unusual about a listing', () => {
  const alike = {
    label: 'Cold',
    client: 'C-1',
    address: address.replace('V8Vr', 'v8Vr'),
    likeness: 'case',
    place: 'listed',
    removedAt: null,
    timesPaid: 0,
  } as const;
  const plain = {
    address,
    isTwice: false,
    sharedWith: [],
    former: [],
    hasKey: true,
    lookAlikes: [],
  };

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
        { ...alike, label: 'Cold', client: 'C-1', likeness: 'few-places' },
        { ...alike, label: 'Warm', client: 'C-2', likeness: 'end', place: 'proposed' },
      ],
    });
    expect(found.map(({ title }) => title)).toEqual([
      'The client has this address already.',
      'It belongs to a program.',
      'Other addresses look like this one.',
    ]);
    expect(found[2]?.sentence).toContain('“Cold” of C-1 differs from it in one place only but');
    expect(found[2]?.sentence).toContain('“Warm” of C-2 ends with the same 4 characters');
  });

  it('is a look-alike that was paid, removed or never listed, each said so', () => {
    const sentence = (change: Partial<LookAlike>): string =>
      unusualListing({ ...plain, lookAlikes: [{ ...alike, ...change }] }).found[0]?.sentence ?? '';
    const removedAt = new Date('2026-03-01T23:00:00.000Z');
    expect(sentence({ timesPaid: 2 })).toContain('It is on the list and was paid 2 times.');
    expect(sentence({ place: 'removed', removedAt, timesPaid: 1 })).toContain(
      'It was removed from the list on 2026-03-01 and was paid once.',
    );
    expect(sentence({ place: 'dropped' })).toContain('It was proposed once and never listed.');
  });

  it('sets each look-alike beside the address, with the places in which they differ', () => {
    const [finding] = unusualListing({ ...plain, lookAlikes: [alike] }).found;
    expect(finding?.sentence).toContain('the same characters but for capital and small letters');
    expect(finding?.compare).toEqual([
      {
        own: address,
        other: alike.address,
        name: '“Cold” of C-1',
        differences: [{ at: 10, here: 'V', otherAt: 10, there: 'v' }],
        words: ['Character 11: capital V here, small v in the other.'],
      },
    ]);
  });

  it('is an address that was removed before, or proposed in vain', () => {
    const former = [{ label: 'Old', client: 'C-3', removedAt: null }];
    const told = (removedAt: Date | null) =>
      unusualListing({ ...plain, former: [...former, { label: 'Own', client: 'C-4', removedAt }] })
        .found[0];
    expect(told(null)?.title).toBe('This address was proposed before.');
    expect(told(now)?.title).toBe('This address was on the list before.');
    expect(told(now)?.sentence).toContain('“Own” of C-4 was removed on 2026-11-24.');
  });
});
