import { describe, expect, it } from 'vitest';
import { idleLimitMs } from '#lib/identity/session-limits.ts';
import { presenceEveryMs, presenceTeller } from './presence.ts';

const byAPerson = { isTrusted: true };

function teller(isHeard = true) {
  const told: number[] = [];
  const clock = { now: 0 };
  const hear = presenceTeller(
    () => {
      told.push(clock.now);
      return Promise.resolve(isHeard);
    },
    () => clock.now,
  );
  return { told, clock, hear };
}

describe('presence', () => {
  it('is told at the first input and then at most once a minute, however much there is', () => {
    const { told, clock, hear } = teller();
    for (clock.now = 0; clock.now < 3 * presenceEveryMs; clock.now += 100) hear(byAPerson);
    expect(told).toEqual([0, presenceEveryMs, 2 * presenceEveryMs]);
  });

  it('is told of nothing when nothing is touched, nor of what a script made up', () => {
    const { told, clock, hear } = teller();
    for (clock.now = 0; clock.now < idleLimitMs; clock.now += 1000) hear({ isTrusted: false });
    expect(told).toEqual([]);
  });

  it('is told again at the next input when nobody heard', async () => {
    const { told, clock, hear } = teller(false);
    hear(byAPerson);
    await Promise.resolve();
    clock.now = 500;
    hear(byAPerson);
    expect(told).toEqual([0, 500]);
  });

  it('is told often enough that who works is not signed out', () => {
    expect(presenceEveryMs * 5).toBeLessThan(idleLimitMs);
  });
});
