/** Names of parties on one side, FROST identifiers and noble's packages on the other. */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { FrostPublic } from '@noble/curves/abstract/frost.js';
import { z } from 'zod';
import { fromHex, hexOf, toHex } from '../wire/encoding.ts';
import { frost } from './suite.ts';

/** The public side of a threshold key as it is stored and compared. */
export const groupKey = z.strictObject({
  threshold: z.int().min(2).max(16),
  /** Commitments to the joint polynomial; the first is the group's public key. */
  commitments: z.array(hexOf(32)).min(2).max(16),
  shares: z
    .array(z.strictObject({ index: z.int().min(1).max(16), verifyingShare: hexOf(32) }))
    .min(2)
    .max(16),
});
export type GroupKey = z.infer<typeof groupKey>;

/** @param index the party's number in the roster, from 1. */
export const identifierOf = (index: number): string => frost.Identifier.fromNumber(index);

/** Ed25519 public key of the group, 32 bytes as hex. */
export function publicKeyOf(key: GroupKey): string {
  const [first] = key.commitments;
  if (first === undefined) throw new Error('A group key has at least one commitment.');
  return first;
}

export function toFrostPublic(key: GroupKey): FrostPublic {
  return {
    signers: { min: key.threshold, max: key.shares.length },
    commitments: key.commitments.map(fromHex),
    verifyingShares: Object.fromEntries(
      key.shares.map(({ index, verifyingShare }) => [identifierOf(index), fromHex(verifyingShare)]),
    ),
  };
}

export function fromFrostPublic(of: FrostPublic, indexes: readonly number[]): GroupKey {
  return {
    threshold: of.signers.min,
    commitments: of.commitments.map(toHex),
    shares: indexes.map((index) => {
      const share = of.verifyingShares[identifierOf(index)];
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
export function shareBelongs(key: GroupKey, index: number, signingShare: Uint8Array): boolean {
  try {
    const listed = key.shares.find((share) => share.index === index);
    if (!listed) return false;
    const { Point } = ed25519;
    const scalar = Point.Fn.fromBytes(signingShare);
    if (toHex(Point.BASE.multiply(scalar).toBytes()) !== listed.verifyingShare) return false;
    frost.validateSecret({ identifier: identifierOf(index), signingShare }, toFrostPublic(key));
    return true;
  } catch {
    return false;
  }
}

/** Strict RFC 8032 verification: noble's default (ZIP 215) takes signatures that chains refuse. */
export function verifySignature(
  publicKey: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return ed25519.verify(signature, message, fromHex(publicKey), { zip215: false });
  } catch {
    return false;
  }
}

/** True for the canonical encoding of a point of prime order other than the identity. */
export function isSoundPoint(hex: string): boolean {
  try {
    const point = ed25519.Point.fromBytes(fromHex(hex));
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}
