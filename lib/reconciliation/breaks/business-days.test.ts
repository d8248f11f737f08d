import { describe, expect, it } from 'vitest';
import { addBusinessDays, ageBandOf, businessDaysBetween } from './business-days.ts';

const at = (text: string): Date => new Date(text);

describe('working days', () => {
  it('counts no weekend: from Friday to Monday is one', () => {
    expect(businessDaysBetween(at('2026-11-27T23:59:59Z'), at('2026-11-30T00:00:00Z'))).toBe(1);
    expect(businessDaysBetween(at('2026-11-28T10:00:00Z'), at('2026-11-29T10:00:00Z'))).toBe(0);
    expect(businessDaysBetween(at('2026-11-27T10:00:00Z'), at('2026-12-11T10:00:00Z'))).toBe(10);
  });

  it('is never less than zero, whatever a clock says', () => {
    expect(businessDaysBetween(at('2026-11-27T10:00:00Z'), at('2026-11-20T10:00:00Z'))).toBe(0);
  });

  it('agrees with adding them for two months of days', () => {
    for (let day = 0; day < 60; day += 1)
      for (let days = 0; days < 12; days += 1) {
        const from = new Date(Date.UTC(2026, 10, 2 + day, 15));
        const isWeekend = from.getUTCDay() % 6 === 0;
        const counted = businessDaysBetween(from, addBusinessDays(from, days));
        expect(counted).toBe(isWeekend && days === 0 ? 1 : days);
      }
  });

  it('puts ages into the four bands', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map(ageBandOf)).toEqual([
      '0-1',
      '0-1',
      '2-3',
      '2-3',
      '4-5',
      '4-5',
      'over-5',
      'over-5',
    ]);
  });
});
