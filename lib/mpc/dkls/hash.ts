/**
 * Hashing of the ECDSA protocol. Every use has a tag of its own, and every part carries its length
 * (`wire/tagged-hash.ts`), so no input of one use, session, pair, direction or row is one of another.
 */
import { createHash, hash } from 'node:crypto';
import { lengthPrefixed, type HashPart } from '../wire/tagged-hash.ts';

/** SHA-256 over the length-prefixed tag and parts: 32 bytes. */
export function digestOf(tag: string, ...parts: readonly HashPart[]): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(lengthPrefixed(tag, ...parts))
      .digest(),
  );
}

/**
 * SHAKE256 (FIPS 202) of bytes that are already unambiguous.
 * @param length in bytes
 */
export function shake(input: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(
    hash('shake256', input, { outputEncoding: 'buffer', outputLength: length }),
  );
}

/** SHAKE256 over the length-prefixed tag, the wanted length and the parts. */
export function expand(tag: string, length: number, ...parts: readonly HashPart[]): Uint8Array {
  return shake(lengthPrefixed(tag, length, ...parts), length);
}
