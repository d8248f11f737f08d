/**
 * Ed25519 signatures with a bare private scalar. RFC 8032 derives scalar and nonce from a seed; a
 * threshold key never had one, so the nonce comes from the scalar, fresh randomness and the message:
 * it stays secret and different even where the machine's random numbers are poor.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { proofScheme } from '../frost/scheme.ts';
import { ed25519Suite } from '../frost/suite.ts';
import { fromHex } from '../wire/encoding.ts';
import { lengthPrefixed } from '../wire/tagged-hash.ts';
import type { Secret } from './secret.ts';

const { Point } = ed25519;
const { Fn } = Point;

const { verify } = proofScheme(ed25519Suite);

const toScalar = (hash: Uint8Array): bigint =>
  Fn.create(BigInt(`0x${Buffer.from(hash).reverse().toString('hex')}`));

/**
 * @param random 32 fresh bytes.
 * @returns 64 bytes that passed strict verification under the public key.
 * @throws when the scalar is not the one of the public key.
 */
export function signWithScalar(of: {
  scalar: Secret;
  /** Hex. */
  publicKey: string;
  message: Uint8Array;
  random: Uint8Array;
}): Uint8Array {
  const { scalar, publicKey, message, random } = of;
  if (random.length !== 32) throw new Error('A nonce needs 32 random bytes.');
  const signature = scalar.use((bytes) => {
    const seed = lengthPrefixed('countersign/recovered-nonce/v1', bytes, random, message);
    const nonce = toScalar(sha512(seed));
    seed.fill(0);
    const commitment = Point.BASE.multiply(nonce).toBytes();
    const challenge = toScalar(sha512(concatBytes(commitment, fromHex(publicKey), message)));
    const response = Fn.add(nonce, Fn.mul(challenge, Fn.fromBytes(bytes)));
    return concatBytes(commitment, Fn.toBytes(response));
  });
  if (!verify(publicKey, message, signature))
    throw new Error('The signature does not verify under the public key.');
  return signature;
}
