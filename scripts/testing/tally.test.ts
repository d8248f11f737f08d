import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../supervisor/testing/processes.ts';
import { addTallies } from './step.ts';
import { playwrightTally, vitestTally } from './tally.ts';

function report(content: unknown): string {
  const path = join(newFolder(), 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('passed and failed tests are counted', () => {
  const path = report({ numPassedTests: 40, numFailedTests: 2 });
  expect(vitestTally(path, 1)).toMatchObject({ passed: 40, failed: 2 });
});

test('a run that fails without a failed test still fails', () => {
  const path = report({ numPassedTests: 40, numFailedTests: 0 });
  expect(vitestTally(path, 1)).toMatchObject({ passed: 40, failed: 1 });
});

test('a run without a report has failed', () => {
  expect(vitestTally('/no/such/report', 0)).toEqual({ passed: 0, failed: 1 });
  expect(playwrightTally(report([]), 0)).toEqual({ passed: 0, failed: 1 });
});

test('a browser test that passed only the second time counts as failed', () => {
  const path = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } });
  expect(playwrightTally(path, 1)).toMatchObject({ passed: 3, failed: 2 });
});

test('the last line sums all steps', () => {
  expect(
    addTallies([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
