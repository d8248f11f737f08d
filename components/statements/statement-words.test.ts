import { expect, it } from 'vitest';
import { byWords, periodText } from './statement-words.ts';

it('a period of whole days is told by its last day, one that ends within a day to the second', () => {
  expect(periodText('2026-07-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z')).toBe(
    '1 Jul 2026 to 30 Sep 2026',
  );
  expect(periodText('2026-10-01T00:00:00.000Z', '2026-11-28T01:35:17.123Z')).toBe(
    '1 Oct 2026 to 28 Nov 2026, 01:35:17 UTC',
  );
});

it('a person stands by their name, and by their id once the name is erased', () => {
  expect(byWords('p-aaaaaaaaaa', 'Ada Hofmann')).toBe('Ada Hofmann');
  expect(byWords('p-aaaaaaaaaa', null)).toBe('p-aaaaaaaaaa');
  expect(byWords('worker', null)).toBe('the worker');
});
