import { describe, expect, it } from 'vitest';
import { assets } from '#lib/chains/assets.ts';
import { markedAddress, priceOf, riskOf } from './opinions.ts';

describe('the price of the sandbox', () => {
  it('is known for every asset of the sandbox, and for nothing else', () => {
    for (const { code } of assets) expect(priceOf(code, new Date())).toMatch(/^[1-9]\d*$/);
    expect(priceOf('EURC', new Date())).toBe('1000000');
    expect(priceOf('DOGE', new Date())).toBeNull();
  });

  it('walks slowly around 150 EUR and stays between 135 and 165', () => {
    const start = Date.parse('2026-11-24T00:00:00.000Z');
    const prices = Array.from({ length: 2_000 }, (_, at) =>
      Number(priceOf('SOL', new Date(start + at * 30_000))),
    );
    expect(Math.min(...prices)).toBeGreaterThanOrEqual(135_000_000);
    expect(Math.max(...prices)).toBeLessThanOrEqual(165_000_000);
    expect(new Set(prices).size).toBeGreaterThan(500);
    const jumps = prices.map((price, at) => Math.abs(price - (prices[at - 1] ?? price)));
    expect(Math.max(...jumps)).toBeLessThan(10_000_000);
  });
});

describe('the screening of the sandbox', () => {
  it('marks one address and no other', () => {
    expect([riskOf(markedAddress), riskOf('anybody')]).toEqual(['severe', 'low']);
  });
});
