/** Whether 32 bytes are an Ed25519 public key that only one secret can sign for. */
import { ed25519 } from '@noble/curves/ed25519.js';

/** Keys of one roster and more; beyond it the oldest answer is worked out again. */
const KNOWN_MAX = 4096;
const known = new Map<string, boolean>();

function isPrimeOrderPoint(bytes: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(bytes);
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/**
 * True for a point of the curve without a part of small order. With such a part a key has up to
 * eight spellings, and verifiers differ about what they sign for. Costs as much as thirty
 * signatures, so the answer is remembered; it depends on nothing but the bytes.
 */
export function isSoundEd25519Point(bytes: Uint8Array): boolean {
  const name = Buffer.from(bytes).toString('base64url');
  const before = known.get(name);
  if (before !== undefined) return before;
  const [oldest] = known.keys();
  if (known.size >= KNOWN_MAX && oldest !== undefined) known.delete(oldest);
  const isSound = isPrimeOrderPoint(bytes);
  known.set(name, isSound);
  return isSound;
}
