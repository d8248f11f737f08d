import { expect, it } from 'vitest';
import { quarterBefore, quarterDays, quartersOffered, quarterWords } from './quarter.ts';

it('a quarter is its first to its last day, leap years among them', () => {
  expect(quarterDays('2028-Q1')).toEqual({ from: '2028-01-01', until: '2028-03-31' });
  expect(quarterDays('2026-Q4')).toEqual({ from: '2026-10-01', until: '2026-12-31' });
  for (const none of ['2026-Q5', '2026-Q0', '1999-Q1', '2026', 'Q1-2026', ''])
    expect(quarterDays(none)).toBeNull();
});

it('quarters go back over the turn of a year, from the first and the last instant of one', () => {
  expect(quarterBefore(new Date('2026-01-01T00:00:00.000Z'), 1)).toBe('2025-Q4');
  expect(quarterBefore(new Date('2026-03-31T23:59:59.999Z'), 0)).toBe('2026-Q1');
  expect(quarterBefore(new Date('2026-05-31T12:00:00.000Z'), 1)).toBe('2026-Q1');
  expect(quartersOffered(new Date('2026-11-28T12:00:00.000Z'))).toEqual([
    '2026-Q4',
    '2026-Q3',
    '2026-Q2',
    '2026-Q1',
    '2025-Q4',
  ]);
  expect(quarterWords('2026-Q3')).toBe('third quarter of 2026');
});
