import { describe, expect, it } from 'vitest';
import { dayPlaces, historyRange, pointsOf } from './tier-history-shape.ts';

const band = { floor: 9_500, aim: 9_650, ceiling: 9_850 };
const at = (day: string, cold: number | null) => ({ day, shares: { cold, warm: 0, hot: 0 } });

describe('the history of tiers', () => {
  it('has a place for each of the last 90 whole days, and none for today', () => {
    const places = dayPlaces('2026-11-28T05:00:00.000Z');
    expect(places.size).toBe(90);
    expect([places.get('2026-11-27'), places.get('2026-08-30')]).toEqual([89, 0]);
    expect(places.get('2026-11-28')).toBeUndefined();
  });

  it('shows the promise whatever the shares are, from a round figure up', () => {
    expect(historyRange([at('2026-11-27', 9_900)], band)).toEqual({ from: 9_000, to: 10_000 });
    expect(historyRange([at('2026-11-27', 7_123)], band)).toEqual({ from: 7_000, to: 10_000 });
    expect(historyRange([at('2026-11-27', 0)], band)).toEqual({ from: 0, to: 10_000 });
  });

  it('breaks the line where a day is missing', () => {
    const places = dayPlaces('2026-11-28T05:00:00.000Z');
    const history = [at('2026-11-24', 9_000), at('2026-11-26', 9_500), at('2026-11-27', 10_000)];
    expect(pointsOf(history, places, { from: 9_000, to: 10_000 })).toEqual([
      '86,100.00 87,100.00',
      '88,50.00 89,50.00 89,0.00 90,0.00',
    ]);
  });
});
