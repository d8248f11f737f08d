import { describe, expect, it } from 'vitest';
import { formatInstant, formatSpan, groupThousands, inGroups } from './format.ts';

describe('formatInstant', () => {
  it('reads the same in every zone and locale', () => {
    const instant = '2026-11-23T14:06:41.000Z';
    expect(formatInstant(instant)).toBe('23 Nov 2026, 14:06:41 UTC');
    expect(formatInstant(instant, 'minute')).toBe('23 Nov 2026, 14:06 UTC');
    expect(formatInstant(instant, 'day')).toBe('23 Nov 2026');
    expect(formatInstant(instant, 'time')).toBe('14:06:41 UTC');
    expect(formatInstant(instant, 'time-minute')).toBe('14:06 UTC');
  });

  it('throws on what is no instant', () => {
    expect(() => formatInstant('yesterday')).toThrow(RangeError);
  });
});

describe('formatSpan', () => {
  it.each([
    [598_000_000, '6 d 22 h'],
    [148_320_000, '41 h 12 min'],
    [13_860_000, '3 h 51 min'],
    [600_000, '10 min'],
    [545_999, '9 min 05 s'],
    [42_900, '42 s'],
    [-1, '0 s'],
  ])('shows %i ms as %s, rounded down', (span, text) => {
    expect(formatSpan(span)).toBe(text);
  });
});

describe('groupThousands', () => {
  it.each([
    ['14200.000000', '14,200.000000'],
    ['1.25000000', '1.25000000'],
    ['0', '0'],
    [
      '123456789012345678901234567890.000000001',
      '123,456,789,012,345,678,901,234,567,890.000000001',
    ],
    ['-1000', '−1,000'],
  ])('keeps every digit of %s', (decimal, text) => {
    expect(groupThousands(decimal)).toBe(text);
  });

  it.each(['', '1e9', '1,000', ' 1', '.5', '1.', '01', '１', 'NaN'])('refuses %j', (text) => {
    expect(() => groupThousands(text)).toThrow(RangeError);
  });
});

describe('inGroups', () => {
  it('loses and adds no character', () => {
    expect(inGroups('bc1p5d7rj')).toEqual(['bc1p', '5d7r', 'j']);
    expect(inGroups('')).toEqual([]);
  });
});
