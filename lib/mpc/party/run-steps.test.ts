import { expect, test } from 'vitest';
import { runSteps } from './run-steps.ts';

/** Keeps the processor for so many milliseconds. */
function busyFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function* work(steps: number): Generator<void, string, void> {
  for (let step = 0; step < steps; step += 1) {
    busyFor(6);
    yield;
  }
  return 'done';
}

test('long work gives others their turn between its steps, and ends with its result', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  expect(await runSteps(work(40))).toBe('done');
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(10);
});
