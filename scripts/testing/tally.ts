/** Reads how many tests passed from the reports of the test runners. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Tally } from './step.ts';

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** A run that failed without a failed test (a file that can't be loaded) still counts as one failure. */
const atLeastOneFailure = (tally: Tally, exitCode: number): Tally =>
  exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

/** @param exitCode of the runner, which knows failures that no test shows */
export function vitestTally(reportPath: string, exitCode: number): Tally {
  const report = vitestReport.safeParse(readJson(reportPath));
  if (!report.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed } = report.data;
  return atLeastOneFailure({ passed, failed }, exitCode);
}

/** A flaky test (one that passed only when tried again) counts as failed. */
export function playwrightTally(reportPath: string, exitCode: number): Tally {
  const report = playwrightReport.safeParse(readJson(reportPath));
  if (!report.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.data.stats;
  return atLeastOneFailure({ passed: expected, failed: unexpected + flaky }, exitCode);
}
