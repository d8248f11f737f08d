import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from './amount.ts';

const faultOf = (text: string) => {
  const parsed = parseAmount(text, 9);
  return parsed.ok ? null : parsed.fault;
};

describe('reading amounts', () => {
  it('is exact to the last digit', () => {
    expect(parseAmount('1.000000001', 9)).toEqual({ ok: true, value: 1_000_000_001n });
    expect(parseAmount('0.5', 9)).toEqual({ ok: true, value: 500_000_000n });
  });

  it.each([
    ['', 'empty'],
    ['0', 'zero'],
    ['0.000000000', 'zero'],
    ['1.0000000001', 'too-many-decimals'],
    ['-1', 'not-a-plain-number'],
    ['+1', 'not-a-plain-number'],
    ['1e3', 'not-a-plain-number'],
    ['1,000', 'not-a-plain-number'],
    [' 1', 'not-a-plain-number'],
    ['1 ', 'not-a-plain-number'],
    ['1.', 'not-a-plain-number'],
    ['.5', 'not-a-plain-number'],
    ['01', 'not-a-plain-number'],
    ['0x10', 'not-a-plain-number'],
    ['\uff11', 'not-a-plain-number'],
    ['\u0661', 'not-a-plain-number'],
    ['NaN', 'not-a-plain-number'],
    ['Infinity', 'not-a-plain-number'],
    ['9'.repeat(70), 'too-large'],
  ])('refuses %j as %s and never rounds', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('answers a hundred thousand digits at once', () => {
    expect(faultOf('9'.repeat(100_000))).toBe('too-large');
  });

  it('prints what it read, for every amount and number of decimals', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 30n }),
        fc.integer({ min: 0, max: 18 }),
        (units, decimals) => {
          const printed = formatAmount(units, decimals).replaceAll(',', '');
          expect(parseAmount(printed, decimals)).toEqual({ ok: true, value: units });
        },
      ),
    );
  });
});
