/** secp256k1 keys held in this process: those of the sandbox and of tests. A vault's key never is. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { addressOf } from './address.ts';

export type SoftwareKey = {
  address: string;
  /** 33 bytes, compressed. */
  publicKey: Uint8Array;
  /**
   * @param digest 32 bytes.
   * @returns 65 bytes: r, s (in the lower half) and the recovery id, 0 or 1 (RFC 6979 nonces).
   */
  sign(digest: Uint8Array): Uint8Array;
};

/** @param secret the 32 bytes of the scalar. @throws when it is out of range. */
export function softwareKey(secret: Uint8Array): SoftwareKey {
  const publicKey = secp256k1.getPublicKey(secret, true);
  const kept = Uint8Array.from(secret);
  return {
    address: addressOf(publicKey),
    publicKey,
    sign(digest) {
      // The library puts the recovery id in front; chains put it behind.
      const [recovery = 0, ...rest] = secp256k1.sign(digest, kept, {
        prehash: false,
        lowS: true,
        format: 'recovered',
      });
      return Uint8Array.of(...rest, recovery);
    },
  };
}
