/**
 * GF(2^208) as polynomials over GF(2) modulo z^208 + z^9 + z^3 + z + 1, which is irreducible (a
 * test checks it by Rabin's criterion). An element is 26 bytes, bit i (least significant first) the
 * coefficient of z^i; for arithmetic seven 32-bit words in the same order. 208 = 128 + 80, so that
 * 2^128 tries at a challenge that anybody can compute alone still leave 2^-80.
 */
export const FIELD_BITS = 208;
export const FIELD_BYTES = 26;
export const WORDS = 7;

/** Low terms of the modulus: z^9 + z^3 + z + 1. */
const LOW = 0b10_0000_1011;
/** The top word holds the upper 16 of 208 bits. */
const TOP_MASK = 0xffff;

/** Words of the 26 bytes at the offset. */
export function wordsAt(bytes: Uint8Array, offset: number): Uint32Array {
  const words = new Uint32Array(WORDS);
  for (let at = 0; at < FIELD_BYTES; at += 1) {
    const word = at >> 2;
    words[word] = (words[word] ?? 0) | ((bytes[offset + at] ?? 0) << ((at & 3) * 8));
  }
  return words;
}

export function bytesOfWords(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(FIELD_BYTES);
  for (let at = 0; at < FIELD_BYTES; at += 1)
    bytes[at] = ((words[at >> 2] ?? 0) >>> ((at & 3) * 8)) & 0xff;
  return bytes;
}

/** The element times z. */
function timesZ(words: Uint32Array): Uint32Array {
  const shifted = new Uint32Array(WORDS);
  let carry = 0;
  for (let at = 0; at < WORDS; at += 1) {
    const word = words[at] ?? 0;
    shifted[at] = (word << 1) | carry;
    carry = word >>> 31;
  }
  const top = shifted[WORDS - 1] ?? 0;
  const overflow = (top >>> 16) & 1;
  shifted[WORDS - 1] = top & TOP_MASK;
  shifted[0] = (shifted[0] ?? 0) ^ (LOW & -overflow);
  return shifted;
}

/** A factor made ready to multiply with: its products with z^0 to z^207, one after the other. */
export type Multiplier = Uint32Array;

export function multiplierOf(words: Uint32Array): Multiplier {
  const table = new Uint32Array(FIELD_BITS * WORDS);
  let power = words;
  for (let bit = 0; bit < FIELD_BITS; bit += 1) {
    table.set(power, bit * WORDS);
    power = timesZ(power);
  }
  return table;
}

/**
 * Adds factor·element to the sum in place. Which table entries count is chosen by masks, so neither
 * branches nor addresses depend on the element, which may be secret.
 */
export function addProduct(sum: Uint32Array, factor: Multiplier, element: Uint32Array): void {
  for (let bit = 0; bit < FIELD_BITS; bit += 1) {
    const mask = -(((element[bit >> 5] ?? 0) >>> (bit & 31)) & 1);
    const start = bit * WORDS;
    for (let at = 0; at < WORDS; at += 1)
      sum[at] = (sum[at] ?? 0) ^ ((factor[start + at] ?? 0) & mask);
  }
}

/** The product of two elements. */
export function multiply(a: Uint32Array, b: Uint32Array): Uint32Array {
  const product = new Uint32Array(WORDS);
  addProduct(product, multiplierOf(a), b);
  return product;
}
