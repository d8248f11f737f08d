import { readFileSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from './address.ts';
import { checkSignature, EthereumSignatureError } from './signature.ts';

const vectors = z.object({
  testGroups: z.array(
    z.object({
      publicKey: z.object({ uncompressed: z.string() }),
      tests: z.array(
        z.object({
          tcId: z.number(),
          comment: z.string(),
          msg: z.string(),
          sig: z.string(),
          result: z.enum(['valid', 'invalid', 'acceptable']),
        }),
      ),
    }),
  ),
});

const file = new URL(
  '../../mpc/dkls/vectors/wycheproof/ecdsa_secp256k1_sha256_p1363_test.json',
  import.meta.url,
);
const { testGroups } = vectors.parse(JSON.parse(readFileSync(file, 'utf8')));
const HALF = secp256k1.Point.Fn.ORDER / 2n;

test('Wycheproof: what is valid with a low s is taken, and everything else is refused by name', () => {
  const counts = { taken: 0, highS: 0, refused: 0 };
  for (const { publicKey, tests } of testGroups) {
    const point = secp256k1.Point.fromHex(publicKey.uncompressed);
    const address = addressOf(point.toBytes(true));
    for (const { tcId, comment, msg, sig, result } of tests) {
      const signature = hexToBytes(sig);
      const check = () => checkSignature(signature, sha256(hexToBytes(msg)), address);
      const name = `${tcId} ${comment}`;
      const isHigh = signature.length === 64 && BigInt(`0x${sig.slice(64)}`) > HALF;
      if (result === 'valid' && !isHigh) {
        expect(check, name).not.toThrow();
        counts.taken += 1;
      } else {
        expect(check, name).toThrow(EthereumSignatureError);
        if (result === 'valid') counts.highS += 1;
        else counts.refused += 1;
      }
    }
  }
  expect(counts.taken).toBeGreaterThan(50);
  expect(counts.highS).toBeGreaterThan(10);
  expect(counts.refused).toBeGreaterThan(50);
});
