import { describe, expect, it } from 'vitest';
import { isDue, type Looked } from './due.ts';

const now = new Date('2026-11-28T10:30:00Z');
const looked = (lastRun: string | null, more: Partial<Looked> = {}): Looked => ({
  place: { kind: 'chain', asset: 'SOL', place: 'warm-1' },
  isHourly: false,
  lastRun: lastRun === null ? null : new Date(lastRun),
  hasTiming: false,
  unexplainedAt: null,
  ...more,
});

describe('a place is due', () => {
  it('when it was never looked at, and once in each day', () => {
    expect(isDue(looked(null), now)).toBe(true);
    expect(isDue(looked('2026-11-27T23:59:59Z'), now)).toBe(true);
    expect(isDue(looked('2026-11-28T00:00:00Z'), now)).toBe(false);
  });

  it('once in each hour, where it is hot', () => {
    expect(isDue(looked('2026-11-28T09:59:59Z', { isHourly: true }), now)).toBe(true);
    expect(isDue(looked('2026-11-28T10:00:00Z', { isHourly: true }), now)).toBe(false);
  });

  it('when its last run is dated ahead of the clock: nobody compared it then', () => {
    expect(isDue(looked('2900-01-01T00:00:00Z'), now)).toBe(true);
  });

  it('a minute after a run that found what only takes time', () => {
    const hasTiming = true;
    expect(isDue(looked('2026-11-28T10:29:30Z', { hasTiming }), now)).toBe(false);
    expect(isDue(looked('2026-11-28T10:29:00Z', { hasTiming }), now)).toBe(true);
  });

  it('at once when a balance was found that nothing explains, until a run has looked', () => {
    const unexplainedAt = new Date('2026-11-28T10:29:50Z');
    expect(isDue(looked('2026-11-28T10:29:00Z', { unexplainedAt }), now)).toBe(true);
    expect(isDue(looked('2026-11-28T10:29:55Z', { unexplainedAt }), now)).toBe(false);
  });
});
