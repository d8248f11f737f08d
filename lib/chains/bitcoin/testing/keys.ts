/** Keys in software for tests: secret, and the public key as a party would derive it. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

export type TestKey = { secret: Uint8Array; publicKey: Uint8Array };

/** The same key for the same name. */
export function testKey(name: string): TestKey {
  const secret = sha256(utf8ToBytes(`countersign/test-key/${name}`));
  return { secret, publicKey: secp256k1.getPublicKey(secret) };
}
