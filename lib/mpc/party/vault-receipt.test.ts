import { expect, test } from 'vitest';
import { inTurn, RECEIPTS_MAX } from './vault-receipt.ts';

const trip = (start: number): string => start.toString(16).padStart(8, '0') + '0'.repeat(56);
const vaults = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

test('every answer of a site with few vaults has the word about each', () => {
  expect(inTurn([], trip(5))).toEqual([]);
  expect(inTurn(vaults(RECEIPTS_MAX), trip(5))).toEqual(vaults(RECEIPTS_MAX));
});

test('at a site with many vaults none is left out for good, and no answer has one twice or too many', () => {
  const all = vaults(RECEIPTS_MAX * 2 + 3);
  const seen = new Set<number>();
  for (const start of all) {
    const given = inTurn(all, trip(start));
    expect(given).toHaveLength(RECEIPTS_MAX);
    expect(new Set(given).size).toBe(RECEIPTS_MAX);
    for (const vault of given) seen.add(vault);
  }
  expect(seen.size).toBe(all.length);
});
