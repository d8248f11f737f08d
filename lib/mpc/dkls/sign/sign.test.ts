import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../hash.ts';
import {
  Fn,
  ORDER,
  Point,
  randomScalar,
  scalarBytes,
  systemRandom,
  timesBase,
} from '../scalars.ts';
import { setUpPair, subjectOf } from '../testing/pairs.ts';
import {
  dealSigners,
  freshSubject,
  runSigning,
  type Dealt,
  type Outcomes,
} from '../testing/signers.ts';
import { assemble, type EcdsaSignature } from './finish.ts';
import type { Signer, SigningSubject } from './session.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

/** Every choice of `count` of the members. */
const quorums = (members: number[], count: number): number[][] =>
  count === 0
    ? [[]]
    : members.flatMap((first, at) =>
        quorums(members.slice(at + 1), count - 1).map((rest) => [first, ...rest]),
      );

function signatureOf(outcomes: Outcomes): EcdsaSignature {
  const all = [...outcomes.values()].map((outcome) => {
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
    return outcome;
  });
  const [first] = all;
  if (!first) throw new Error('missing');
  for (const other of all) expect(other).toEqual(first);
  return first;
}

/** OpenSSL's view of the key, by its uncompressed coordinates. */
function openSslKey(publicKey: Uint8Array): KeyObject {
  const { x, y } = Point.fromBytes(publicKey).toAffine();
  const part = (value: bigint): string =>
    Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url');
  return createPublicKey({
    key: { kty: 'EC', crv: 'secp256k1', x: part(x), y: part(y) },
    format: 'jwk',
  });
}

function expectSound(
  { publicKey, digest }: SigningSubject,
  { signature, recovery }: EcdsaSignature,
) {
  const parsed = secp256k1.Signature.fromBytes(signature, 'compact');
  expect(parsed.hasHighS()).toBe(false);
  const recovered = parsed.addRecoveryBit(recovery).recoverPublicKey(digest);
  expect(recovered.toBytes(true)).toEqual(publicKey);
  const options = { prehash: false, lowS: true } as const;
  expect(secp256k1.verify(signature, digest, publicKey, options)).toBe(true);
}

describe('every quorum signs, and every signer gets the same signature', () => {
  test.each([
    [3, 2],
    [5, 3],
  ])(
    'of %i members with the threshold %i',
    (size, threshold) => {
      const dealt = dealSigners(size, threshold);
      const members = [...dealt.signers.keys()];
      for (const quorum of quorums(members, threshold)) {
        const subject = freshSubject(dealt, quorum);
        expectSound(subject, signatureOf(runSigning(dealt, subject)));
      }
    },
    120_000,
  );
});

test('pairs that were set up by the protocol sign like dealt ones', () => {
  const dealt = dealSigners(2, 2);
  const [mine, theirs] = setUpPair(subjectOf(1, 2)).pairs;
  const withPair = (index: number, peer: number, pair: typeof mine): [number, Signer] => [
    index,
    {
      index,
      signingShare: dealt.signers.get(index)?.signingShare ?? new Uint8Array(),
      pairs: new Map([[peer, pair]]),
    },
  ];
  const real: Dealt = {
    publicKey: dealt.publicKey,
    signers: new Map([withPair(1, 2, mine), withPair(2, 1, theirs)]),
  };
  const subject = freshSubject(real, [1, 2]);
  expectSound(subject, signatureOf(runSigning(real, subject)));
}, 300_000);

test('OpenSSL verifies signatures of random messages', () => {
  const dealt = dealSigners(3, 2);
  const key = openSslKey(dealt.publicKey);
  const runs = isLong ? 5_000 : 100;
  for (let run = 0; run < runs; run += 1) {
    const message = digestOf('test', run);
    const quorum = [
      [1, 2],
      [1, 3],
      [2, 3],
    ][run % 3] ?? [1, 2];
    // OpenSSL hashes by itself, so the digest is SHA-256 of the message.
    const digest = sha256(message);
    const subject = freshSubject(dealt, quorum, digest);
    const signed = signatureOf(runSigning(dealt, subject));
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signed.signature)).toBe(
      true,
    );
    expectSound(subject, signed);
  }
}, 3_600_000);

test('digests at the edges are signed: zero, the order, all ones', () => {
  const dealt = dealSigners(2, 2);
  for (const digest of [
    new Uint8Array(32),
    new Uint8Array(32).fill(255),
    Uint8Array.from(Buffer.from(ORDER.toString(16), 'hex')),
    scalarBytes(ORDER - 1n),
  ]) {
    const subject = freshSubject(dealt, [1, 2], digest);
    expectSound(subject, signatureOf(runSigning(dealt, subject)));
  }
});

test('a share that was derived for a child key signs for the child', () => {
  const dealt = dealSigners(3, 2);
  const tweak = randomScalar(systemRandom);
  const child: Dealt = {
    publicKey: Point.fromBytes(dealt.publicKey).add(timesBase(tweak)).toBytes(true),
    signers: new Map(
      [...dealt.signers].map(([index, signer]) => [
        index,
        {
          ...signer,
          signingShare: scalarBytes(Fn.add(Fn.fromBytes(signer.signingShare), tweak)),
        },
      ]),
    ),
  };
  const subject = freshSubject(child, [1, 3]);
  expectSound(subject, signatureOf(runSigning(child, subject)));
});

describe('recovery id and low s', () => {
  /** Signs with a nonce that is known, as one signer would. */
  function known(nonce: Point, k: bigint, secret: bigint, digest: bigint): EcdsaSignature | null {
    const r = Fn.create(nonce.toAffine().x);
    return assemble(nonce, Fn.div(Fn.create(digest + r * secret), k));
  }

  test('all of 0 and 1 come out, for high and low s and both parities, and give the key back', () => {
    const seen = new Set<number>();
    for (let run = 0; run < 60; run += 1) {
      const [k, secret] = [randomScalar(systemRandom), randomScalar(systemRandom)];
      const digest = systemRandom(32);
      const number = Fn.create(BigInt(`0x${Buffer.from(digest).toString('hex')}`));
      const signed = known(timesBase(k), k, secret, number);
      if (!signed) throw new Error('missing');
      seen.add(signed.recovery);
      expectSound({ ...anySubject, publicKey: timesBase(secret).toBytes(true), digest }, signed);
    }
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1]);
  });

  test('a point whose x is not below the order has 2 or 3, and gives the key back', () => {
    // Nobody knows the logarithm of such a point, so the key is made to fit: Q = (s·R - m·G) / r.
    const seen = new Set<number>();
    let found = 0;
    for (let x = ORDER + 1n; found < 6; x += 1n) {
      const nonce = liftX(x, found % 2 === 0);
      if (!nonce) continue;
      found += 1;
      const s = randomScalar(systemRandom);
      const digest = systemRandom(32);
      const number = Fn.create(BigInt(`0x${Buffer.from(digest).toString('hex')}`));
      const r = Fn.create(x);
      const publicKey = nonce
        .multiply(s)
        .subtract(timesBase(number))
        .multiply(Fn.inv(r))
        .toBytes(true);
      const signed = assemble(nonce, s);
      if (!signed) continue;
      seen.add(signed.recovery);
      expect(signed.recovery).toBeGreaterThanOrEqual(2);
      expectSound({ ...anySubject, publicKey, digest }, signed);
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  test('no signature has r or s zero', () => {
    expect(assemble(Point.BASE, 0n)).toBeNull();
  });
});

const anySubject = { session: new Uint8Array(32), quorum: [1, 2] };

function liftX(x: bigint, even: boolean): Point | null {
  try {
    const prefix = even ? '02' : '03';
    return Point.fromHex(prefix + x.toString(16).padStart(64, '0'));
  } catch {
    return null;
  }
}
