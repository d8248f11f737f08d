/** First message of base OT: for each transfer two points, one of which the receiver can open. */
import { secp256k1_hasher } from '@noble/curves/secp256k1.js';
import { bitOf, wipe } from '../bytes.ts';
import {
  pointBytes,
  POINT,
  randomScalar,
  systemRandom,
  timesBase,
  type Random,
} from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { RECEIVER_MESSAGE, tiePoint, TRANSFERS, type BatchId } from './instance.ts';

export type ReceiverSecrets = {
  /** Own choice for each transfer, 16 bytes; fresh for every pair (with one and the same for two peers, both would hold halves of one secret). */
  choices: Uint8Array;
  /** The exponents t of the points that can be opened. */
  exponents: bigint[];
};

/** A point whose logarithm the receiver does not know either. */
function blindPoint(random: Random): Uint8Array {
  return pointBytes(
    secp256k1_hasher.hashToCurve(random(32), {
      DST: 'countersign/dkls/base-ot-blind/v1_secp256k1_XMD:SHA-256_SSWU_RO_',
    }),
  );
}

/**
 * One transfer a step: the point not chosen is random, the chosen one is t·G less the tie to it.
 * @returns 128 times both points, compressed, and what is needed to finish
 */
export function* receiverMessage(
  batch: BatchId,
  random: Random = systemRandom,
): Steps<{ message: Uint8Array; secrets: ReceiverSecrets }> {
  const choices = random(TRANSFERS / 8);
  const exponents: bigint[] = [];
  const message = new Uint8Array(RECEIVER_MESSAGE);
  for (let transfer = 0; transfer < TRANSFERS; transfer += 1) {
    const choice = bitOf(choices, transfer);
    const exponent = randomScalar(random);
    const other = blindPoint(random);
    const tie = tiePoint({ batch, transfer, choice, other });
    const chosen = pointBytes(timesBase(exponent).subtract(tie));
    exponents.push(exponent);
    const start = transfer * 2 * POINT;
    message.set(chosen, start + choice * POINT);
    message.set(other, start + (1 - choice) * POINT);
    yield;
  }
  return { message, secrets: { choices, exponents } };
}

export function eraseReceiver(secrets: ReceiverSecrets): void {
  wipe(secrets.choices);
  secrets.exponents.fill(0n);
}
