import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLiabilityFault, valueInCents } from './value-at-loss.ts';

const oneEuro = 10n ** 8n;

describe('the value at the time of a loss', () => {
  it('one coin at 142.355 euro is 14,236 cents: a part of a cent is a whole one', () => {
    expect(valueInCents(10n ** 9n, 9, 14_235_500_000n)).toBe(14_236n);
    expect(valueInCents(10n ** 9n, 9, 142n * oneEuro)).toBe(14_200n);
    expect(valueInCents(1n, 9, 1n)).toBe(1n);
  });

  it('is never less than the exact value, and by less than one cent more', () => {
    const figures = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(figures, figures, fc.integer({ min: 0, max: 18 }), (units, price, decimals) => {
        const scale = 10n ** BigInt(decimals) * 10n ** 6n;
        const over = valueInCents(units, decimals, price) * scale - units * price;
        expect(over >= 0n && over < scale).toBe(true);
      }),
    );
  });
});

describe('a liability', () => {
  it('may reach the cap and no cent more', () => {
    expect(findLiabilityFault('attributable', 100n, 100n)).toBeNull();
    expect(findLiabilityFault('attributable', 101n, 100n)?.refusal.code).toBe('over-cap');
  });

  it('is nothing for what was outside the custodian’s control', () => {
    expect(findLiabilityFault('outside-control', 0n, 100n)).toBeNull();
    expect(findLiabilityFault('outside-control', 1n, 100n)?.refusal.code).toBe(
      'liability-without-attribution',
    );
  });
});
