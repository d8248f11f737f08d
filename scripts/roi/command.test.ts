import { expect, test } from 'vitest';
import { readCommand } from './command.ts';

test('a check takes a path', () => {
  expect(readCommand(['check', 'register.zip'])).toEqual({ kind: 'check', path: 'register.zip' });
});

test('an export takes a path and a reference date, and is of the entity alone unless said otherwise', () => {
  expect(readCommand(['export', 'out', '--date', '2025-12-31'])).toEqual({
    kind: 'export',
    path: 'out',
    date: '2025-12-31',
    country: null,
    scope: 'IND',
  });
  expect(
    readCommand(['export', 'out', '--date=2025-12-31', '--country', 'DE', '--consolidated']),
  ).toMatchObject({ country: 'DE', scope: 'CON' });
});

test.each([
  [[], 'Say check or export.'],
  [['frob'], 'There is no word “frob” here.'],
  [['check'], 'Say what to check: a path.'],
  [['check', 'a', 'b'], 'There is no word “b” here.'],
  [['check', 'a', '--date', '2025-12-31'], 'A check takes nothing but a path.'],
  [['check', 'a', '--frob'], 'There is no option “--frob” here.'],
  [['export', 'a'], 'Say the reference date with --date.'],
  [['export', 'a', '--date', '2025-02-30'], 'Write the reference date as a day'],
  [['export', 'a', '--date', '2025-12-31', '--country', 'lu'], 'Write the country in two'],
])('%j is answered with %j', (words, sentence) => {
  expect(() => readCommand(words)).toThrow(sentence);
});
