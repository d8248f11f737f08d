/** Reads how many tests passed from the reports of the test runners. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { playwrightFailures, vitestFailures } from './failures.ts';
import type { StepResult, Tally } from './step.ts';

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
export function vitestTally(reportPath: string, exitCode: number): StepResult {
  const content = readJson(reportPath);
  const report = vitestReport.safeParse(content);
  if (!report.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed } = report.data;
  const reasons = vitestFailures(content);
  return { ...atLeastOneFailure({ passed, failed }, exitCode), reasons };
}

/** A flaky test (one that passed only when tried again) counts as failed. */
export function playwrightTally(reportPath: string, exitCode: number): StepResult {
  const content = readJson(reportPath);
  const report = playwrightReport.safeParse(content);
  if (!report.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.data.stats;
  const tally = atLeastOneFailure({ passed: expected, failed: unexpected + flaky }, exitCode);
  return { ...tally, reasons: playwrightFailures(content) };
}
