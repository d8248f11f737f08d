import { describe, expect, it } from 'vitest';
import { lastQuarter, nextDue, quarterOf, quarterPeriod } from './quarter.ts';

const day = (text: string) => new Date(`${text}T00:00:00.000Z`);

describe('a quarter', () => {
  it.each([
    ['2026-Q1', '2026-01-01', '2026-04-01'],
    ['2026-Q4', '2026-10-01', '2027-01-01'],
  ])('%s is from its first instant to the first of the next', (quarter, from, to) => {
    expect(quarterPeriod(quarter)).toEqual({ from: day(from), to: day(to) });
  });

  it.each(['2026-Q0', '2026-Q5', '26-Q1', '2026Q1', ' 2026-Q1', '2026-Q1\n', ''])(
    'is not named by %j',
    (text) => {
      expect(quarterPeriod(text)).toBeNull();
    },
  );

  it('holds its first instant and not the next one’s', () => {
    expect(quarterOf(day('2026-07-01'))).toBe('2026-Q3');
    expect(quarterOf(new Date(day('2026-07-01').getTime() - 1))).toBe('2026-Q2');
  });

  it('that is over last is the one before, also at the turn of a year and on a 31st', () => {
    expect(lastQuarter(day('2026-11-28'))).toBe('2026-Q3');
    expect(lastQuarter(day('2026-01-01'))).toBe('2025-Q4');
    expect(lastQuarter(day('2026-12-31'))).toBe('2026-Q3');
    expect(lastQuarter(day('2026-05-31'))).toBe('2026-Q1');
  });
});

describe('the next statement', () => {
  it.each([
    ['2026-07-05', '2026-10-05'],
    ['2026-11-30', '2027-02-28'],
    ['2027-11-30', '2028-02-29'],
    ['2026-12-31', '2027-03-31'],
  ])('after one of %s is due on %s', (last, due) => {
    expect(nextDue(day(last))).toEqual(day(due));
  });
});
