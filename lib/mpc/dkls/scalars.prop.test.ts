import { shake256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalBytes, readExactly } from './bytes.ts';
import { digestOf, expand, shake } from './hash.ts';
import { OneTime } from './one-time.ts';
import { hashToScalars, ORDER, reduceWide, scalarsBytes, scalarsFrom } from './scalars.ts';

const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });

describe('scalars', () => {
  test('every list of scalars has one spelling that reads back', () => {
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 8 }), (list) => {
        expect(scalarsFrom(scalarsBytes(list))).toEqual(list);
      }),
    );
  });

  test('a number that is not below the order is refused, wherever it stands', () => {
    const tooLarge = fc.bigInt({ min: ORDER, max: 2n ** 256n - 1n });
    fc.assert(
      fc.property(scalar, tooLarge, (good, bad) => {
        expect(() => scalarsFrom(scalarsBytes([good, bad]))).toThrow();
        expect(() => scalarsFrom(scalarsBytes([bad, good]))).toThrow();
      }),
    );
  });

  test('48 bytes are reduced as one big-endian number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 50, maxLength: 50 }), (bytes) => {
        const expected = BigInt(`0x${Buffer.from(bytes.slice(2)).toString('hex')}`) % ORDER;
        expect(reduceWide(bytes, 2)).toBe(expected);
      }),
    );
  });
});

describe('hashes', () => {
  test('the same bytes cut elsewhere, another tag or another length are another hash', () => {
    const text = new TextEncoder();
    const ab = digestOf('t', text.encode('a'), text.encode('bc'));
    expect(equalBytes(ab, digestOf('t', text.encode('ab'), text.encode('c')))).toBe(false);
    expect(equalBytes(ab, digestOf('u', text.encode('a'), text.encode('bc')))).toBe(false);
    expect(equalBytes(expand('t', 32, 'a'), expand('t', 64, 'a').slice(0, 32))).toBe(false);
    expect(hashToScalars('t', 2, 'a')).not.toEqual(hashToScalars('u', 2, 'a'));
  });

  test('SHAKE256 agrees with an independent implementation', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (of, length) => {
          expect(shake(of, length)).toEqual(shake256(of, { dkLen: length }));
        },
      ),
    );
  });
});

describe('fixed messages', () => {
  test('no other length is read', () => {
    fc.assert(
      fc.property(fc.nat(64), fc.nat(64), (length, wanted) => {
        const read = readExactly(new Uint8Array(length), wanted, (reader) => reader.take(wanted));
        expect(read === null).toBe(length !== wanted);
      }),
    );
    expect(readExactly(new Uint8Array(4), 4, (reader) => reader.take(3))).toBeNull();
    expect(readExactly(new Uint8Array(4), 4, (reader) => reader.take(5))).toBeNull();
  });
});

describe('one-time secrets', () => {
  test('can be taken once, and neither after being taken nor after being burned', () => {
    const secret = new OneTime(new Uint8Array([1]), (bytes) => bytes.fill(0));
    expect(secret.take()).toEqual(new Uint8Array([1]));
    expect(() => secret.take()).toThrow();
    const bytes = new Uint8Array([1]);
    const burned = new OneTime(bytes, (value) => value.fill(0));
    burned.burn();
    expect(bytes).toEqual(new Uint8Array([0]));
    expect(burned.isGone).toBe(true);
    expect(() => burned.take()).toThrow();
  });
});
