/** Noble makes the tables of a curve's base point with its first multiplication, which takes 35 ms. */
import { setImmediate } from 'node:timers/promises';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const cold = [
  (): unknown => secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.ORDER - 1n),
  (): unknown => ed25519.Point.BASE.multiply(ed25519.Point.Fn.ORDER - 1n),
];

/**
 * Makes them once in a process, each in a turn of its own: beside the first decision of a process they
 * would hold its event loop for longer than a party may.
 */
export async function warmCurves(): Promise<void> {
  for (let make = cold.pop(); make; make = cold.pop()) {
    make();
    await setImmediate();
  }
}
