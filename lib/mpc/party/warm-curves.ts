/** Noble makes the tables of a curve's base point with its first multiplication, which takes 35 ms. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

/**
 * Makes them before a party has anybody to answer: with the first key or signature of a process they would hold
 * its event loop for longer than it may.
 */
export function warmCurves(): void {
  secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.ORDER - 1n);
  ed25519.Point.BASE.multiply(ed25519.Point.Fn.ORDER - 1n);
}
