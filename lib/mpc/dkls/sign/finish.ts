/** The end: parts become a signature, which is verified before anybody gets it. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { fault, type Fault } from '../faults.ts';
import type { OneTime } from '../one-time.ts';
import { Fn, ORDER, type Point } from '../scalars.ts';
import { readAll } from './header.ts';
import { readThird, SIGN_MESSAGE } from './messages.ts';
import type { RoundThree } from './round3.ts';

export type EcdsaSignature = {
  /** r and s, 32 bytes each; s is at most half the order (BIP 62, EIP-2). */
  signature: Uint8Array;
  /** From 0 to 3: bit 0 is the parity of R's y, bit 1 says that its x is not below the order. */
  recovery: number;
};

/**
 * r and s out of R and the unreduced s; null when either is zero. R with s = n - s is -R, so a
 * lowered s turns the parity around.
 */
export function assemble(nonce: Point, s: bigint): EcdsaSignature | null {
  const { x, y } = nonce.toAffine();
  const r = Fn.create(x);
  if (r === 0n || s === 0n) return null;
  const isHigh = s > ORDER / 2n;
  const parity = Number(y & 1n) ^ (isHigh ? 1 : 0);
  const signature = new secp256k1.Signature(r, isHigh ? ORDER - s : s).toBytes('compact');
  return { signature, recovery: parity | (x >= ORDER ? 2 : 0) };
}

/** Verifies as others will, and that the key comes back from the recovery id. */
function isSound(
  { signature, recovery }: EcdsaSignature,
  digest: Uint8Array,
  publicKey: Point,
): boolean {
  const options = { prehash: false, lowS: true } as const;
  if (!secp256k1.verify(signature, digest, publicKey.toBytes(true), options)) return false;
  const recovered = secp256k1.Signature.fromBytes(signature, 'compact')
    .addRecoveryBit(recovery)
    .recoverPublicKey(digest);
  return recovered.equals(publicKey);
}

/**
 * s = Σw / Σu. Parts that don't add up to a valid signature name nobody: any of them may be the
 * wrong one, or a difference sent in round 2. It is not tried again in the same session.
 * @param received the third messages of all peers, by index
 */
export function finishSigning(
  state: OneTime<RoundThree>,
  received: ReadonlyMap<number, Uint8Array>,
): ({ ok: true } & EcdsaSignature) | Fault {
  const { session, nonce, part } = state.take();
  const read = readAll(session, received, { round: 3, length: SIGN_MESSAGE[3], read: readThird });
  if (!read.ok) return read;
  let { below, above } = part;
  for (const other of read.messages.values()) {
    below = Fn.add(below, other.below);
    above = Fn.add(above, other.above);
  }
  if (below === 0n) return fault('dkls-signature-invalid', null);
  const assembled = assemble(nonce, Fn.div(above, below));
  if (!assembled || !isSound(assembled, session.subject.digest, session.publicKey))
    return fault('dkls-signature-invalid', null);
  return { ok: true, ...assembled };
}
