import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('without words the tour goes to the sandbox at hand, unseen and at full speed', () => {
  expect(readOptions([])).toEqual({ origin: null, headed: false, slowMo: 0 });
});

test('an address is taken down to its origin, however it is written', () => {
  for (const words of [
    ['--base-url', 'http://localhost:4000/'],
    ['--base-url=http://localhost:4000/queue'],
    ['--base-url', 'http://127.0.0.1:4000'],
    ['--base-url', 'http://[::1]:4000'],
  ])
    expect(readOptions(words).origin).toBe('http://localhost:4000');
});

test('a window is slowed down unless the pause is named', () => {
  expect(readOptions(['--headed']).slowMo).toBe(400);
  expect(readOptions(['--headed', '--slow-mo', '0'])).toMatchObject({ headed: true, slowMo: 0 });
});

test.each([
  [['--base-url'], '--base-url'],
  [['--base-url', 'localhost:3000'], '--base-url'],
  [['--base-url', 'ftp://localhost'], '--base-url'],
  [['--slow-mo', '-1'], '--slow-mo'],
  [['--slow-mo', '1e9'], '--slow-mo'],
  [['--fast'], 'There is no option “--fast” here.'],
])('%j is refused with a sentence', (words, sentence) => {
  expect(() => readOptions(words)).toThrow(sentence);
});
