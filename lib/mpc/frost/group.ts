/** Names of parties on one side, FROST identifiers and noble's packages on the other. */
import type { FrostPublic } from '@noble/curves/abstract/frost.js';
import { z } from 'zod';
import { vaultKeyHex } from '#lib/protocol/scalars.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { Suite } from './suite.ts';

/**
 * The public side of a threshold key as it is stored and compared. Its points are as long as the
 * suite of the key has them, which `isConsistent` checks.
 */
export const groupKey = z.strictObject({
  threshold: z.int().min(2).max(16),
  /** Commitments to the joint polynomial; the first is the group's public key. */
  commitments: z.array(vaultKeyHex).min(2).max(16),
  shares: z
    .array(z.strictObject({ index: z.int().min(1).max(16), verifyingShare: vaultKeyHex }))
    .min(2)
    .max(16),
});
export type GroupKey = z.infer<typeof groupKey>;

/** @param index the party's number in the roster, from 1. */
export const identifierOf = ({ frost }: Pick<Suite, 'frost'>, index: number): string =>
  frost.Identifier.fromNumber(index);

/** Public key of the group as hex: 32 bytes on Ed25519, 33 on secp256k1. */
export function publicKeyOf(key: GroupKey): string {
  const [first] = key.commitments;
  if (first === undefined) throw new Error('A group key has at least one commitment.');
  return first;
}

export function toFrostPublic(suite: Pick<Suite, 'frost'>, key: GroupKey): FrostPublic {
  return {
    signers: { min: key.threshold, max: key.shares.length },
    commitments: key.commitments.map(fromHex),
    verifyingShares: Object.fromEntries(
      key.shares.map(({ index, verifyingShare }) => [
        identifierOf(suite, index),
        fromHex(verifyingShare),
      ]),
    ),
  };
}

export function fromFrostPublic(
  suite: Suite,
  of: FrostPublic,
  indexes: readonly number[],
): GroupKey {
  return {
    threshold: of.signers.min,
    commitments: of.commitments.map(toHex),
    shares: indexes.map((index) => {
      const share = of.verifyingShares[identifierOf(suite, index)];
      if (!share) throw new Error('A verifying share is missing.');
      return { index, verifyingShare: toHex(share) };
    }),
  };
}

/**
 * True when the secret is this member's share of exactly this group: share·G equals its verifying
 * share, and the verifying share lies on the committed polynomial. Noble signs without asking
 * either, so a share is checked when it is made and whenever it is loaded.
 */
export function shareBelongs(
  suite: Suite,
  key: GroupKey,
  index: number,
  signingShare: Uint8Array,
): boolean {
  const { commitTo, pointHex, scalarOf } = suite.arithmetic;
  try {
    const listed = key.shares.find((share) => share.index === index);
    if (!listed) return false;
    if (pointHex(commitTo(scalarOf(signingShare))) !== listed.verifyingShare) return false;
    const identifier = identifierOf(suite, index);
    suite.frost.validateSecret({ identifier, signingShare }, toFrostPublic(suite, key));
    return true;
  } catch {
    return false;
  }
}

/**
 * True when a group key hangs together: distinct members, at least as many as the threshold, as many
 * coefficients as it says, all points sound, and each verifying share on the committed polynomial.
 */
export function isConsistent(
  { arithmetic }: Suite,
  { threshold, commitments, shares }: GroupKey,
): boolean {
  const { isSoundPoint, pointOf, pointHex, evaluatePoints } = arithmetic;
  const members = new Set(shares.map(({ index }) => index));
  if (members.size !== shares.length || members.size < threshold) return false;
  if (commitments.length !== threshold || !commitments.every(isSoundPoint)) return false;
  const polynomial = commitments.map(pointOf);
  return shares.every(
    ({ index, verifyingShare }) =>
      verifyingShare === pointHex(evaluatePoints(polynomial, index)) &&
      isSoundPoint(verifyingShare),
  );
}
