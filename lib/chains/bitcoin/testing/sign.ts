/** Signs parts with software keys by plain noble, as a vault's parties do together. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { Decoded, SigningPart } from '../../decoded.ts';
import type { TestAccount } from './payments.ts';

const { Point } = secp256k1;

/** The secret under BIP341's tweak without a script tree. */
function tweaked(secret: Uint8Array): Uint8Array {
  const point = Point.fromBytes(secp256k1.getPublicKey(secret));
  const scalar = bytesToNumberBE(secret);
  const even = point.y % 2n === 0n ? scalar : Point.Fn.ORDER - scalar;
  const tweak = bytesToNumberBE(schnorr.utils.taggedHash('TapTweak', point.toBytes().slice(1)));
  return numberToBytesBE((even + tweak) % Point.Fn.ORDER, 32);
}

/** @returns 64 bytes: BIP340, or r and low s. */
export function signDigest(digest: Uint8Array, tweak: SigningPart['tweak'], secret: Uint8Array) {
  return tweak === 'taproot'
    ? schnorr.sign(digest, tweaked(secret), new Uint8Array(32))
    : secp256k1.sign(digest, secret, { prehash: false, lowS: true });
}

/** One signature for each part, by the key of the branch that its path names. */
export const signParts = ({ parts }: Pick<Decoded, 'parts'>, { keys }: TestAccount): Uint8Array[] =>
  parts.map(({ bytes, tweak, path }) =>
    signDigest(hexToBytes(bytes), tweak, (path.at(-1) === 0 ? keys.receive : keys.change).secret),
  );

/** The other of the two forms that every ECDSA signature has, with the high s. */
export const withHighS = (signature: Uint8Array): Uint8Array =>
  concatBytes(
    signature.slice(0, 32),
    numberToBytesBE(Point.Fn.ORDER - bytesToNumberBE(signature.slice(32, 64)), 32),
  );
