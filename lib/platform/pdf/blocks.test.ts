import { describe, expect, it } from 'vitest';
import { wrap } from './blocks.ts';

const width = (text: string) => text.length;

describe('wrap', () => {
  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['to abcdefghij', 4, ['to', 'abcd', 'efgh', 'ij']],
    ['', 4, []],
  ])('breaks %j at %i into lines that lose no character', (text, most, lines) => {
    expect(wrap(text, most, width)).toEqual(lines);
  });

  it('puts one character on a line that is narrower than it, rather than none', () => {
    expect(wrap('ab', 0, width)).toEqual(['a', 'b']);
  });
});
