import { readFileSync } from 'node:fs';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import * as btc from '@scure/btc-signer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chainCodeOf, deriveFrom, deriveKey, hasOddY, taprootKey } from './derive-key.ts';

const { Point } = secp256k1;
const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const steps = z
  .object({
    publicDerivation: z.array(
      z.object({ index: z.number(), parentXpub: z.string(), childXpub: z.string() }),
    ),
  })
  .parse(read('./vectors/bip32-test-vectors.json')).publicDerivation;

const outputs = z
  .object({
    scriptPubKey: z.array(
      z.object({
        given: z.object({ internalPubkey: z.string(), scriptTree: z.unknown() }),
        intermediary: z.object({ tweak: z.string(), tweakedPubkey: z.string() }),
      }),
    ),
    keyPathSpending: z.array(
      z.object({
        inputSpending: z.array(
          z.object({
            given: z.object({ internalPrivkey: z.string(), merkleRoot: z.string().nullable() }),
            intermediary: z.object({ tweak: z.string(), tweakedPrivkey: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(read('./bitcoin/vectors/bip341-wallet-test-vectors.json'));

const parts = (xpub: string) => {
  const { publicKey, chainCode } = HDKey.fromExtendedKey(xpub);
  if (!publicKey || !chainCode) throw new Error('missing');
  return { publicKey: Uint8Array.from(publicKey), chainCode: Uint8Array.from(chainCode) };
};

const privateKeys = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((bytes) => secp256k1.utils.isValidSecretKey(bytes));
const paths = fc.array(fc.nat(0x7fff_ffff), { minLength: 1, maxLength: 5 });

describe('public derivation', () => {
  test('takes the published non-hardened steps of BIP32', () => {
    expect(steps).toHaveLength(6);
    for (const { index, parentXpub, childXpub } of steps) {
      const { publicKey, chainCode } = deriveFrom(parts(parentXpub), [index]);
      expect({ publicKey, chainCode }).toEqual(parts(childXpub));
    }
  });

  test('arrives where @scure/bip32 arrives, and the scalar is what the private key moved by', () => {
    fc.assert(
      fc.property(privateKeys, paths, (secret, path) => {
        const publicKey = secp256k1.getPublicKey(secret);
        const chainCode = chainCodeOf(publicKey);
        const theirs = path.reduce(
          (key, step) => key.deriveChild(step),
          new HDKey({
            publicKey: Uint8Array.from(publicKey),
            chainCode: Uint8Array.from(chainCode),
          }),
        );
        const child = deriveKey(publicKey, path);
        expect(bytesToHex(child.publicKey)).toBe(bytesToHex(theirs.publicKey ?? new Uint8Array()));
        expect(bytesToHex(child.chainCode)).toBe(bytesToHex(theirs.chainCode ?? new Uint8Array()));
        const moved = Point.Fn.add(Point.Fn.fromBytes(secret), child.scalar);
        expect(Point.BASE.multiply(moved).toBytes()).toEqual(child.publicKey);
      }),
      { numRuns: 20 },
    );
  });

  test('of no steps is the key itself', () => {
    const publicKey = Point.BASE.toBytes();
    expect(deriveKey(publicKey, [])).toEqual({
      publicKey,
      chainCode: chainCodeOf(publicKey),
      scalar: 0n,
    });
  });

  test('gives the same when asked again, whatever became of what it gave before', () => {
    const publicKey = Point.BASE.toBytes();
    for (const path of [[], [7], [7, 8], [7, 8]]) {
      const first = deriveKey(publicKey, path);
      const fresh = deriveFrom({ publicKey, chainCode: chainCodeOf(publicKey) }, path);
      expect(first).toEqual(fresh);
      first.publicKey.fill(0);
      first.chainCode.fill(0);
      expect(deriveKey(publicKey, path)).toEqual(fresh);
    }
    const tweak = taprootKey(publicKey);
    const kept = structuredClone(tweak);
    tweak.publicKey.fill(0);
    expect(taprootKey(publicKey)).toEqual(kept);
  });

  test('takes no hardened step, no fraction and no key that is none', () => {
    const publicKey = Point.BASE.toBytes();
    for (const step of [0x8000_0000, -1, 0.5, Number.NaN])
      expect(() => deriveKey(publicKey, [step])).toThrow(RangeError);
    expect(() => deriveKey(new Uint8Array(33), [])).toThrow();
    expect(() => deriveKey(new Uint8Array(33), [0])).toThrow();
  });

  test('rests on a chain code that stays what it is: addresses depend on it', () => {
    expect(bytesToHex(chainCodeOf(Point.BASE.toBytes()))).toBe(
      '5928c08a7a088f408762145c22c414b406d9111e3a6af1755909e31dd2e8a82b',
    );
  });
});

describe('the taproot tweak', () => {
  test('makes the published output keys of BIP341 without a script tree', () => {
    const plain = outputs.scriptPubKey.filter(({ given }) => given.scriptTree === null);
    expect(plain.length).toBeGreaterThan(0);
    for (const { given, intermediary } of plain) {
      const made = taprootKey(hexToBytes(`02${given.internalPubkey}`));
      expect(made.isNegated).toBe(false);
      expect(made.scalar).toBe(BigInt(`0x${intermediary.tweak}`));
      expect(bytesToHex(made.publicKey.subarray(1))).toBe(intermediary.tweakedPubkey);
    }
  });

  test('moves private keys as published, negated first where y is odd', () => {
    const spent = outputs.keyPathSpending
      .flatMap(({ inputSpending }) => inputSpending)
      .filter(({ given }) => given.merkleRoot === null);
    expect(spent.length).toBeGreaterThan(0);
    for (const { given, intermediary } of spent) {
      const secret = Point.Fn.fromBytes(hexToBytes(given.internalPrivkey));
      const made = taprootKey(Point.BASE.multiply(secret).toBytes());
      const even = made.isNegated ? Point.Fn.neg(secret) : secret;
      expect(bytesToHex(Point.Fn.toBytes(Point.Fn.add(even, made.scalar)))).toBe(
        intermediary.tweakedPrivkey,
      );
    }
  });

  test('gives BIP86 outputs as a wallet for a single key makes them, for odd and even y', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(privateKeys, (secret) => {
        const publicKey = secp256k1.getPublicKey(secret);
        seen.add(hasOddY(publicKey));
        const made = taprootKey(publicKey).publicKey.subarray(1);
        expect(bytesToHex(made)).toBe(bytesToHex(btc.p2tr(publicKey.slice(1)).tweakedPubkey));
      }),
      { numRuns: 30 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });
});
