import { describe, expect, it } from 'vitest';
import { causes } from '../matching/cause.ts';
import { dueOf } from './due.ts';
import { isOverLimit, limitOf } from './limit.ts';

const saturday = new Date('2026-11-28T09:00:00Z');

describe('when a break is due', () => {
  it('is the same day for coins of clients that are missing, on a weekend too', () => {
    for (const cause of causes.filter((one) => one !== 'timing'))
      expect(dueOf({ amount: -1n, cause, at: saturday }).toISOString()).toBe(
        '2026-11-28T23:59:59.999Z',
      );
  });

  it('counts working days for everything else', () => {
    const due = (cause: (typeof causes)[number]): string =>
      dueOf({ amount: 1n, cause, at: saturday }).toISOString().slice(0, 10);
    expect([due('timing'), due('missing-in-ledger'), due('fee')]).toEqual([
      '2026-11-30',
      '2026-12-01',
      '2026-12-04',
    ]);
    expect(dueOf({ amount: -5n, cause: 'timing', at: saturday }).toISOString().slice(0, 10)).toBe(
      '2026-11-30',
    );
  });
});

describe('the limit of an asset', () => {
  it('is passed by a shortfall beyond it, never by a surplus or by what only takes time', () => {
    const over = limitOf('SOL') + 1n;
    expect(isOverLimit('SOL', -over, 'missing-outside')).toBe(true);
    expect(isOverLimit('SOL', -limitOf('SOL'), 'missing-outside')).toBe(false);
    expect(isOverLimit('SOL', over, 'missing-in-ledger')).toBe(false);
    expect(isOverLimit('SOL', -over, 'timing')).toBe(false);
  });

  it.each([
    ['SOL', 100_000_000n],
    ['BTC', 20_000n],
    ['ETH', 5_000_000_000_000_000n],
    ['EURC', 15_000_000n],
  ])('is for %s what a first policy lets be missing with one approver', (asset, limit) => {
    expect(isOverLimit(asset, -limit, 'missing-outside')).toBe(false);
    expect(isOverLimit(asset, -limit - 1n, 'missing-outside')).toBe(true);
  });

  it('is nothing for an asset that nobody set one for', () => {
    expect(isOverLimit('NEW', -1n, 'amount')).toBe(true);
  });
});
