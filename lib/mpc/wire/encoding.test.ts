import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64urlBytes, decodeBase64url, encodeBase64url, hexOf } from './encoding.ts';
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

describe('base64url as another library has it', () => {
  const other = (text: string): Uint8Array | null => {
    try {
      return base64urlnopad.decode(text);
    } catch {
      return null;
    }
  };

  test('all bytes are spelled the same, and come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(base64urlnopad.encode(bytes));
        expect(decodeBase64url(text)).toEqual(bytes);
      }),
    );
  });

  test('a view into other bytes is spelled by itself', () => {
    expect(encodeBase64url(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('AgM');
  });

  test('a text is refused wherever the other refuses it', () => {
    const near = fc.stringMatching(/^[ABab01\-_+/=. \n\0ＡéА]{0,12}$/u);
    fc.assert(
      fc.property(fc.oneof(near, fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
        expect(decodeBase64url(text)).toEqual(other(text));
      }),
      { numRuns: 2_000 },
    );
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
