import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOfWords, FIELD_BITS, FIELD_BYTES, multiply, WORDS, wordsAt } from './field.ts';

const element = fc
  .uint8Array({ minLength: FIELD_BYTES, maxLength: FIELD_BYTES })
  .map((bytes) => wordsAt(bytes, 0));

const sum = (a: Uint32Array, b: Uint32Array): Uint32Array =>
  a.map((word, at) => word ^ (b[at] ?? 0));
const one = Uint32Array.from({ length: WORDS }, (_, at) => (at === 0 ? 1 : 0));
const z = Uint32Array.from({ length: WORDS }, (_, at) => (at === 0 ? 2 : 0));
const zero = new Uint32Array(WORDS);

/** Squares `times` times. */
function squared(a: Uint32Array, times: number): Uint32Array {
  let result: Uint32Array = a;
  for (let count = 0; count < times; count += 1) result = multiply(result, result);
  return result;
}

/** a^(2^208 - 2): the product of a^(2^1) to a^(2^207). */
function inverse(a: Uint32Array): Uint32Array {
  let power: Uint32Array = a;
  let product: Uint32Array = one;
  for (let count = 1; count < FIELD_BITS; count += 1) {
    power = multiply(power, power);
    product = multiply(product, power);
  }
  return product;
}

const toBig = (words: Uint32Array): bigint =>
  words.reduceRight((value, word) => (value << 32n) | BigInt(word), 0n);
const MODULUS = (1n << 208n) | 0b10_0000_1011n;

const degree = (a: bigint): number => a.toString(2).length - 1;
function remainder(a: bigint, b: bigint): bigint {
  let rest = a;
  while (rest !== 0n && degree(rest) >= degree(b)) rest ^= b << BigInt(degree(rest) - degree(b));
  return rest;
}
/** The schoolbook way, in numbers of any size: an implementation that shares nothing with ours. */
function slowProduct(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = 0; bit < FIELD_BITS; bit += 1)
    if ((b >> BigInt(bit)) & 1n) product ^= a << BigInt(bit);
  return remainder(product, MODULUS);
}

describe('GF(2^208)', () => {
  test('bytes and words are two spellings of one element', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 26, maxLength: 26 }), (bytes) => {
        expect(bytesOfWords(wordsAt(bytes, 0))).toEqual(bytes);
      }),
    );
  });

  test('products are those of polynomials modulo the modulus', () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        expect(toBig(multiply(a, b))).toBe(slowProduct(toBig(a), toBig(b)));
      }),
    );
  });

  test('the laws of a field hold', () => {
    fc.assert(
      fc.property(element, element, element, (a, b, c) => {
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)));
        expect(multiply(a, sum(b, c))).toEqual(sum(multiply(a, b), multiply(a, c)));
        expect(multiply(a, one)).toEqual(a);
        expect(multiply(a, zero)).toEqual(zero);
      }),
    );
  });

  test('every element but zero has an inverse (Fermat)', () => {
    fc.assert(
      fc.property(
        element.filter((a) => toBig(a) !== 0n),
        (a) => {
          expect(multiply(a, inverse(a))).toEqual(one);
        },
      ),
      { numRuns: 5 },
    );
  });

  test('the modulus is irreducible (Rabin): z^(2^208) = z, and no factor divides z^(2^(208/p)) - z', () => {
    expect(squared(z, FIELD_BITS)).toEqual(z);
    for (const prime of [2, 13]) {
      let a = MODULUS;
      let b = toBig(sum(squared(z, FIELD_BITS / prime), z));
      while (b !== 0n) [a, b] = [b, remainder(a, b)];
      expect(a).toBe(1n);
    }
  });

  test('it is no bitwise product', () => {
    // An exclusive or or an AND in place of the field's product leaves the check of OT empty.
    const three = sum(one, z);
    expect(toBig(multiply(three, three))).toBe(5n);
    expect(toBig(multiply(squared(z, 7), squared(z, 7)))).not.toBe(toBig(squared(z, 7)));
  });
});
