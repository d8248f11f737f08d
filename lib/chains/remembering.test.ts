import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

test('what was asked for lately is not worked out again, and what was not makes room', () => {
  const remember = remembering<string>(2);
  const worked: string[] = [];
  const ask = (name: string): string =>
    remember(name, () => {
      worked.push(name);
      return `${name}!`;
    });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual(['a!', 'b!', 'a!', 'c!', 'a!', 'b!']);
  expect(worked).toEqual(['a', 'b', 'c', 'b']);
});

test('work that throws is done again', () => {
  const remember = remembering<number>(2);
  const fail = (): number => {
    throw new Error('not now');
  };
  expect(() => remember('a', fail)).toThrow('not now');
  expect(remember('a', () => 1)).toBe(1);
});
