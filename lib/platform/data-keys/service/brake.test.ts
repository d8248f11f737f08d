import { expect, it } from 'vitest';
import type { DataKeysError } from '../data-keys.ts';
import { Brake } from './brake.ts';

const hour = 3_600_000;
function opened(before: ConstructorParameters<typeof Brake>[2] = []) {
  let now = 1_000_000_000_000;
  const brake = new Brake(() => new Date(now), { make: 1_500, shred: 5 }, before);
  const take = (...asked: Parameters<Brake['take']>): string => {
    try {
      brake.take(...asked);
      return 'done';
    } catch (error) {
      return (error as DataKeysError).fault;
    }
  };
  return {
    take,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

it('a caller makes so many keys within an hour, at once or one by one, and no more until time has passed', () => {
  const { take, pass } = opened();
  expect(take('web', 'make', 1_500)).toBe('done');
  expect(take('web', 'make', 1)).toBe('too-many-made');
  pass(hour - 2_000);
  expect(take('web', 'make', 1)).toBe('too-many-made');
  pass(2_000);
  for (let one = 0; one < 1_500; one += 1) expect(take('web', 'make', 1)).toBe('done');
  expect(take('web', 'make', 1)).toBe('too-many-made');
});

it('what is refused counts as nothing, and neither do other callers or destructions', () => {
  const { take } = opened();
  expect(take('web', 'make', 1_501)).toBe('too-many-made');
  expect(take('web', 'make', 1_500)).toBe('done');
  expect(take('worker', 'make', 1_500)).toBe('done');
  expect(take('worker', 'shred', 5)).toBe('done');
  expect(take('worker', 'shred', 1)).toBe('too-much');
});

it('what was taken before a start counts after it', () => {
  const at = 1_000_000_000_000 - 1_000;
  const { take } = opened([{ at, ask: 'make', caller: 'web', count: 1_499 }]);
  expect(take('web', 'make', 2)).toBe('too-many-made');
  expect(take('web', 'make', 1)).toBe('done');
});
