import { expect, test } from 'vitest';
import { monthsLater, readDay } from './days.ts';

test('a day is read from a date and from an instant, as it is written', () => {
  expect(readDay('2026-11-28')).toBe('2026-11-28');
  expect(readDay('2026-11-28T23:30:00-05:00')).toBe('2026-11-28');
  expect(readDay('2028-02-29')).toBe('2028-02-29');
  for (const bad of [
    '',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2027-02-29',
    '28.11.2026',
    5,
    null,
  ])
    expect(readDay(bad)).toBeNull();
});

test('months later is the same number in that month, or its last day', () => {
  expect(monthsLater('2026-01-15', 6)).toBe('2026-07-15');
  expect(monthsLater('2026-08-31', 6)).toBe('2027-02-28');
  expect(monthsLater('2027-08-31', 6)).toBe('2028-02-29');
  expect(monthsLater('2026-12-31', 6)).toBe('2027-06-30');
});
