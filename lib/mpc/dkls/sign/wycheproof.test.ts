import { readFileSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { ORDER } from '../scalars.ts';

type Vector = { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' };
type Group = { publicKey: { uncompressed: string }; tests: Vector[] };

const { testGroups } = JSON.parse(
  readFileSync(
    new URL('../vectors/wycheproof/ecdsa_secp256k1_sha256_p1363_test.json', import.meta.url),
    'utf8',
  ),
) as { testGroups: Group[] };

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** As a finished signature is verified before anybody gets it, but for the s that is wanted low. */
function verifies(key: string, { msg, sig }: Vector, lowS: boolean): boolean {
  try {
    return secp256k1.verify(bytes(sig), sha256(bytes(msg)), bytes(key), { prehash: false, lowS });
  } catch {
    return false;
  }
}

test('what a signature is verified with accepts and refuses as Wycheproof says', () => {
  let count = 0;
  for (const { publicKey, tests } of testGroups)
    for (const vector of tests) {
      count += 1;
      const isValid = vector.result === 'valid';
      expect(verifies(publicKey.uncompressed, vector, false), `case ${vector.tcId}`).toBe(isValid);
      const isLow = isValid && BigInt(`0x${vector.sig.slice(64)}`) <= ORDER / 2n;
      expect(verifies(publicKey.uncompressed, vector, true), `case ${vector.tcId}`).toBe(isLow);
    }
  expect(count).toBe(252);
});
