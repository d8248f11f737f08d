import { expect, test } from 'vitest';
import { playwrightFailures, vitestFailures } from './failures.ts';

test('a failed test is named with the first lines of why, in plain letters', () => {
  const report = {
    testResults: [
      {
        name: 'lib/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'one holds', status: 'passed', failureMessages: [] },
          {
            fullName: 'two holds',
            status: 'failed',
            failureMessages: [`\u001B[31mexpected 1\u001B[39m\n\nto be 2${'\nat'.repeat(50)}`],
          },
        ],
      },
    ],
  };
  const [failure = ''] = vitestFailures(report);
  expect(failure.split('\n').slice(0, 3)).toEqual(['two holds', '    expected 1', '    to be 2']);
  expect(failure.split('\n')).toHaveLength(9);
});

test('a file that can’t be loaded is named too', () => {
  const report = {
    testResults: [
      { name: 'lib/a.test.ts', status: 'failed', message: 'No such module', assertionResults: [] },
    ],
  };
  expect(vitestFailures(report)).toEqual(['lib/a.test.ts\n    No such module']);
});

test('a failed browser test is found in a suite within a suite', () => {
  const spec = (title: string, ok: boolean) => ({
    title,
    file: 'a.e2e.ts',
    ok,
    tests: [{ results: [{ errors: ok ? [] : [{ message: 'Error: sideways movement' }] }] }],
  });
  const report = {
    suites: [
      {
        title: 'a.e2e.ts',
        specs: [spec('fine', true)],
        suites: [{ title: 'pages', specs: [spec('/account', false)] }],
      },
    ],
  };
  expect(playwrightFailures(report)).toEqual(['a.e2e.ts: /account\n    Error: sideways movement']);
});

test('a report that can’t be read names nothing', () => {
  expect(vitestFailures(null)).toEqual([]);
  expect(playwrightFailures({ suites: 7 })).toEqual([]);
});
