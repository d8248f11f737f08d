/** Ed25519 keys held in this process: the fee payer's, and those of the sandbox. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { addressBytes, addressOf } from './address.ts';

export type SoftwareKey = {
  address: string;
  /** @returns the 64-byte Ed25519 signature; the same for the same message. */
  sign(message: Uint8Array): Uint8Array;
};

const PRIVATE_KEY_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** @param seed the 32 bytes an Ed25519 key is made from. */
export function softwareKey(seed: Uint8Array): SoftwareKey {
  if (seed.length !== 32) throw new TypeError('An Ed25519 seed has 32 bytes');
  const der = Buffer.concat([PRIVATE_KEY_PREFIX, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    address: addressOf(spki.subarray(PUBLIC_KEY_PREFIX.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/** Whether an Ed25519 signature of an address over a message is right. Never throws. */
export function verifySignature(
  address: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const der = Buffer.concat([PUBLIC_KEY_PREFIX, addressBytes(address)]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return signature.length === 64 && verify(null, message, key, signature);
  } catch {
    return false;
  }
}
