import { secp256k1, secp256k1_FROST } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fn, Point, scalarBytes, scalarFrom, systemRandom, timesBase } from '../scalars.ts';
import { dealSigners, freshSubject, runSigning, type Dealt } from '../testing/signers.ts';
import type { SigningSubject } from './session.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

function expectSigned(dealt: Dealt, subject: SigningSubject): void {
  for (const outcome of runSigning(dealt, subject).values()) {
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
    const options = { prehash: false, lowS: true } as const;
    expect(secp256k1.verify(outcome.signature, subject.digest, subject.publicKey, options)).toBe(
      true,
    );
  }
}

/** Shares made by the key generation that all suites have in common, beside pairs of a dealer. */
function dealtByFrost(size: number, threshold: number): Dealt {
  const members = Array.from({ length: size }, (_, at) => at + 1);
  const identifiers = members.map((index) => secp256k1_FROST.Identifier.fromNumber(index));
  const key = secp256k1_FROST.trustedDealer({ min: threshold, max: size }, identifiers);
  const { signers } = dealSigners(size, threshold);
  return {
    publicKey: key.public.commitments[0] ?? new Uint8Array(),
    signers: new Map(
      [...signers].map(([index, signer]) => [
        index,
        {
          ...signer,
          signingShare:
            key.secretShares[secp256k1_FROST.Identifier.fromNumber(index)]?.signingShare ??
            new Uint8Array(),
        },
      ]),
    ),
  };
}

/** The same key a step further on: every share and the public key grow by the tweak. */
const derived = (dealt: Dealt, tweak: bigint): Dealt => ({
  publicKey: Point.fromBytes(dealt.publicKey).add(timesBase(tweak)).toBytes(true),
  signers: new Map(
    [...dealt.signers].map(([index, signer]) => [
      index,
      { ...signer, signingShare: scalarBytes(Fn.add(scalarFrom(signer.signingShare), tweak)) },
    ]),
  ),
});

const runs = fc.integer({ min: 2, max: 5 }).chain((size) =>
  fc.integer({ min: 2, max: size }).chain((threshold) =>
    fc.record({
      size: fc.constant(size),
      threshold: fc.constant(threshold),
      quorum: fc
        .shuffledSubarray(
          Array.from({ length: size }, (_, at) => at + 1),
          { minLength: threshold, maxLength: threshold },
        )
        .map((members) => members.toSorted((a, b) => a - b)),
      digest: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    }),
  ),
);

describe('for every size up to 5, every threshold and quorum, and any digest', () => {
  test('shares of the common key generation sign, and so do those of a key derived from it', () => {
    fc.assert(
      fc.property(runs, ({ size, threshold, quorum, digest }) => {
        const dealt = dealtByFrost(size, threshold);
        expectSigned(dealt, freshSubject(dealt, quorum, digest));
        const child = derived(dealt, scalarFrom(systemRandom(32).fill(0, 0, 1)));
        expectSigned(child, freshSubject(child, quorum, digest));
      }),
      { numRuns: isLong ? 200 : 6 },
    );
  }, 3_600_000);

  test('more signers than the threshold sign as well', () => {
    const dealt = dealtByFrost(4, 2);
    expectSigned(dealt, freshSubject(dealt, [1, 2, 4]));
    expectSigned(dealt, freshSubject(dealt, [1, 2, 3, 4]));
  });

  test('fewer do not, whatever they send: their shares add up to another key', () => {
    const dealt = dealtByFrost(4, 3);
    for (const outcome of runSigning(dealt, freshSubject(dealt, [1, 2])).values())
      expect(outcome).toEqual({
        ok: false,
        refusal: 'dkls-key-differs',
        culprit: null,
        ban: false,
      });
  });
});
