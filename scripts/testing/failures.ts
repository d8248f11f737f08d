/**
 * What failed and the first lines of why, from the reports of the test runners: the end of a long
 * run's output is all that some readers get to see.
 */
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** A run in which more fails has one cause, and its first failures show it. */
const MOST_FAILURES = 5;
const MOST_LINES = 8;
const LONGEST_LINE = 200;

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const specOf = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().nullish() })) })),
    }),
  ),
});
type Spec = z.infer<typeof specOf>;
type Suite = { title: string; specs: Spec[]; suites?: Suite[] | undefined };
const suiteOf: z.ZodType<Suite> = z.object({
  title: z.string(),
  specs: z.array(specOf),
  get suites() {
    return z.array(suiteOf).optional();
  },
});
const playwrightReport = z.object({ suites: z.array(suiteOf) });

function describe(name: string, message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_LINES)
    .map((line) => `    ${line.slice(0, LONGEST_LINE)}`);
  return [name, ...lines].join('\n');
}

/** Failed tests of a Vitest report, and files that could not be run; none when it can't be read. */
export function vitestFailures(report: unknown): string[] {
  const read = vitestReport.safeParse(report);
  if (!read.success) return [];
  return read.data.testResults
    .flatMap(({ name, message, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0) return status === 'failed' ? [describe(name, message)] : [];
      return failed.map((test) => describe(test.fullName, (test.failureMessages ?? []).join('\n')));
    })
    .slice(0, MOST_FAILURES);
}

const specsOf = (suite: Suite): Spec[] => [
  ...suite.specs,
  ...(suite.suites ?? []).flatMap((inner) => specsOf(inner)),
];

/** Failed tests of a Playwright report; none when it can't be read. */
export function playwrightFailures(report: unknown): string[] {
  const read = playwrightReport.safeParse(report);
  if (!read.success) return [];
  return read.data.suites
    .flatMap((suite) => specsOf(suite))
    .filter((spec) => !spec.ok)
    .slice(0, MOST_FAILURES)
    .map((spec) => {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors));
      return describe(
        `${spec.file}: ${spec.title}`,
        errors.map((error) => error.message ?? '').join('\n'),
      );
    });
}
