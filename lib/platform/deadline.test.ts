import { expect, test } from 'vitest';
import { withinDeadline } from './deadline.ts';

const never = new Promise<string>(() => undefined);

test('an answer in time is the answer, and a failure in time a failure', async () => {
  expect(await withinDeadline(Promise.resolve('answer'), 1_000, 'late')).toBe('answer');
  await expect(withinDeadline(Promise.reject(new Error('away')), 1_000, 'late')).rejects.toThrow(
    'away',
  );
});

test('work that never answers is given up at the deadline', async () => {
  expect(await withinDeadline(never, 20, 'late')).toBe('late');
});
