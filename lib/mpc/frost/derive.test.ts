import { createHash } from 'node:crypto';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import * as btc from '@scure/btc-signer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveKey, hasOddY } from '#lib/chains/derive-key.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { groupAt, keyAt, shareAt, type Place } from './derive.ts';
import { isConsistent, publicKeyOf, shareBelongs, type GroupKey } from './group.ts';
import { signingScheme } from './scheme.ts';
import { ed25519Suite, suiteOf } from './suite.ts';
import { dealKey, done, membersOf, sign, type Holder } from './testing/holders.ts';

const suite = suiteOf('FROST-secp256k1-SHA256-TR-v1');
const scheme = signingScheme('FROST-secp256k1-SHA256-TR-v1') ?? expect.fail();
const { Point } = secp256k1;
const { Fn } = Point;
const message = new Uint8Array(createHash('sha256').update('a transaction').digest());

/** BIP340's verification written out: s·G = R + e·P with even y for R and P. */
function holdsByFormula(x: Uint8Array, of: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  const tag = createHash('sha256').update('BIP0340/challenge').digest();
  const hash = createHash('sha256').update(tag).update(tag).update(r).update(x).update(of).digest();
  const even = (bytes: Uint8Array) => Point.fromBytes(Uint8Array.from([2, ...bytes]));
  const e = Fn.create(BigInt(`0x${hash.toString('hex')}`));
  const right = even(r).add(even(x).multiplyUnsafe(e));
  return Point.BASE.multiply(Fn.fromBytes(s)).equals(right);
}

const at = (holder: Holder, place: Place): Holder => ({
  ...holder,
  group: groupAt(suite, holder.group, place),
  signingShare: shareAt(suite, holder.group, holder.signingShare, place),
});

const quorums = (holders: readonly Holder[], size: number): Holder[][] =>
  size === 0
    ? [[]]
    : holders.flatMap((first, place) =>
        quorums(holders.slice(place + 1), size - 1).map((rest) => [first, ...rest]),
      );

/** The private key that nobody ever has in one place. */
const secretOf = (holders: readonly Holder[], threshold: number): bigint =>
  Fn.fromBytes(
    suite.frost.combineSecret(
      holders.slice(0, threshold).map(({ index, signingShare }) => ({
        identifier: suite.frost.Identifier.fromNumber(index),
        signingShare,
      })),
      { min: threshold, max: holders.length },
    ),
  );

const places: [string, Place][] = [
  ['the vault’s key', { path: [], tweak: 'none' }],
  ['a derived key', { path: [5, 0, 20_418, 0], tweak: 'none' }],
  ['a taproot output of the vault’s key', { path: [], tweak: 'taproot' }],
  ['a taproot output of a derived key', { path: [5, 0, 20_418, 1], tweak: 'taproot' }],
];

/** Deals until the point at the path has this y, so that odd and even are both met for sure. */
function dealWith(size: number, threshold: number, path: number[], isOdd: boolean): Holder[] {
  for (;;) {
    const holders = dealKey(membersOf(size), threshold, suite);
    const key = fromHex(publicKeyOf((holders[0] as Holder).group));
    if (hasOddY(deriveKey(key, path).publicKey) === isOdd) return holders;
  }
}

describe.each([
  ['even', false],
  ['odd', true],
] as const)('a key whose y is %s', (_y, isOdd) => {
  describe.each([
    [2, 3],
    [3, 5],
  ])('%i of %i', (threshold, size) => {
    test.each(places)('signs by every quorum under %s', (_what, place) => {
      const holders = dealWith(size, threshold, place.path, isOdd);
      const moved = holders.map((holder) => at(holder, place));
      const [{ group } = { group: undefined }] = moved;
      if (!group) throw new Error('missing');
      expect(isConsistent(suite, group)).toBe(true);
      for (const { index, signingShare } of moved)
        expect(shareBelongs(suite, group, index, signingShare)).toBe(true);
      const x = fromHex(publicKeyOf(group)).subarray(1);
      for (const quorum of quorums(moved, threshold)) {
        const { signature } = done(sign(group, quorum, message, scheme));
        expect(signature).toHaveLength(64);
        expect(schnorr.verify(signature, message, x)).toBe(true);
        expect(holdsByFormula(x, message, signature)).toBe(true);
      }
    });
  });
});

test('the key at a place is the one that its group key says, and a single key’s', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x7fff_ffff), { maxLength: 4 }), (path) => {
      const holders = dealKey(membersOf(3), 2, suite);
      const { group } = holders[0] as Holder;
      const secret = secretOf(holders, 2);
      const publicKey = publicKeyOf(group);
      const child = Fn.add(secret, deriveKey(fromHex(publicKey), path).scalar);
      const plain: Place = { path, tweak: 'none' };
      const taproot: Place = { path, tweak: 'taproot' };
      expect(keyAt(suite, publicKey, plain)).toBe(toHex(Point.BASE.multiply(child).toBytes()));
      expect(publicKeyOf(groupAt(suite, group, plain))).toBe(keyAt(suite, publicKey, plain));
      expect(publicKeyOf(groupAt(suite, group, taproot))).toBe(keyAt(suite, publicKey, taproot));
      const single = btc.p2tr(schnorr.getPublicKey(Fn.toBytes(child))).tweakedPubkey;
      expect(keyAt(suite, publicKey, taproot).slice(2)).toBe(toHex(single));
    }),
    { numRuns: 10 },
  );
});

test('a share at one place makes no signature at another, and its holder is named', () => {
  const [first, second] = dealKey(membersOf(3), 2, suite) as [Holder, Holder];
  const here = at(first, { path: [1], tweak: 'taproot' });
  const elsewhere = at(second, { path: [2], tweak: 'taproot' });
  expect(sign(here.group, [here, elsewhere], message, scheme)).toEqual({
    ok: false,
    refusal: 'share-invalid',
    culprit: 2,
  });
});

test('the given share stays as it was: what comes out is a copy', () => {
  const [first] = dealKey(membersOf(3), 2, suite) as [Holder];
  const kept = first.signingShare.slice();
  const made = places.map(([, place]) => shareAt(suite, first.group, first.signingShare, place));
  for (const share of made) share.fill(0);
  expect(first.signingShare).toEqual(kept);
});

test('nothing is derived from a key on Ed25519 but itself', () => {
  const [{ group, signingShare }] = dealKey(membersOf(3), 2) as [{ group: GroupKey } & Holder];
  const root: Place = { path: [], tweak: 'none' };
  expect(groupAt(ed25519Suite, group, root)).toBe(group);
  expect(keyAt(ed25519Suite, publicKeyOf(group), root)).toBe(publicKeyOf(group));
  for (const place of places.slice(1).map(([, one]) => one)) {
    expect(() => groupAt(ed25519Suite, group, place)).toThrow('Nothing is derived');
    expect(() => keyAt(ed25519Suite, publicKeyOf(group), place)).toThrow('Nothing is derived');
    expect(() => shareAt(ed25519Suite, group, signingShare, place)).toThrow('Nothing is derived');
  }
});
