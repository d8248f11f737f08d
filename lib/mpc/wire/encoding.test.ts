import { describe, expect, test } from 'vitest';
import { base64urlBytes, hexOf } from './encoding.ts';
import { taggedHash } from './tagged-hash.ts';

describe('encodings on the wire', () => {
  test.each(['AAAA', 'AA', 'AAA', '-_-_'])('base64url %s is taken', (text) => {
    expect(base64urlBytes(8).safeParse(text).success).toBe(true);
  });
  test.each(['', 'A', 'AB', 'AAB', 'AAAA=', 'AA+A', 'AA A', 'AAAAAAAAAAAAAAAA', 'ＡＡＡＡ'])(
    'base64url %j has another spelling or length and is refused',
    (text) => {
      expect(base64urlBytes(8).safeParse(text).success).toBe(false);
    },
  );
  test.each(['', 'AB', 'abc', 'abcd', '0x', 'ＡＢ', 'ab\n'])(
    'hex %j of one byte is refused',
    (text) => {
      expect(hexOf(1).safeParse(text).success).toBe(false);
    },
  );
  test('hex of the right length in lower case is taken', () => {
    expect(hexOf(1).safeParse('ab').success).toBe(true);
  });
});

describe('tagged hashes', () => {
  test('no two lists of parts share one', () => {
    const hashes = [
      taggedHash('t', 'ab', 'c'),
      taggedHash('t', 'a', 'bc'),
      taggedHash('t', 'abc'),
      taggedHash('t', 'abc', ''),
      taggedHash('ta', 'bc'),
      taggedHash('t', '', 'abc'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
