import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Lets it fail each time its rest is over; the lengths of the rests. */
function restsOf(turns: Turns, name: string, failures: number): number[] {
  let now = 0;
  const rests: number[] = [];
  for (let failure = 0; failure < failures; failure += 1) {
    turns.failed(name, now);
    const from = now;
    while (turns.resting(now).includes(name)) now += 500;
    rests.push(now - from);
  }
  return rests;
}

describe('turns', () => {
  it('come later and later to what fails, but never more than a minute later', () => {
    expect(restsOf(new Turns(), 'a', 9)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('of others are not touched by it', () => {
    const turns = new Turns();
    turns.failed('a', 0);
    expect(turns.resting(0)).toEqual(['a']);
    turns.went('b');
    expect(turns.resting(999)).toEqual(['a']);
    expect(turns.resting(1_000)).toEqual([]);
  });

  it('come first to what has not failed, in the order it stood in, and not at all to what rests', () => {
    const turns = new Turns();
    turns.failed('a', 0);
    turns.failed('b', 0);
    turns.failed('b', 0);
    const order = (now: number) => turns.order(['b', 'a', 'd', 'c'], (name) => name, now);
    expect(order(500)).toEqual(['d', 'c']);
    expect(order(1_500)).toEqual(['d', 'c', 'a']);
    expect(order(5_000)).toEqual(['d', 'c', 'a', 'b']);
  });

  it('make trouble known from the third failure in a row on, with when it began', () => {
    const turns = new Turns();
    turns.failed('a', 5);
    turns.failed('a', 2_000);
    expect(turns.troubles()).toEqual([]);
    turns.failed('a', 5_000);
    expect(turns.troubles()).toEqual([{ name: 'a', failures: 3, since: 5 }]);
    turns.went('a');
    expect(turns.troubles()).toEqual([]);
    restsOf(turns, 'b', 2);
    turns.went('b');
    restsOf(turns, 'b', 2);
    expect(turns.troubles()).toEqual([]);
  });

  it('forget what is no longer there, and do not grow without end', () => {
    const turns = new Turns();
    for (let index = 0; index < 12_000; index += 1) turns.failed(`n${index}`, 0);
    expect(turns.resting(1)).toHaveLength(10_000);
    expect(turns.resting(1)).toContain('n11999');
    turns.keepOnly((name) => name === 'n11999');
    expect(turns.resting(1)).toEqual(['n11999']);
  });
});
