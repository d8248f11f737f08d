/**
 * What the envelopes of each round carry. Points and scalars are hex of exactly their length, which
 * for points is the suite's.
 */
import { z } from 'zod';
import { digestHex, vaultKeyHex } from '#lib/protocol/scalars.ts';
import type { Suite } from '../frost/suite.ts';
import { hexOf } from './encoding.ts';

/** Most parts of one transaction. */
export const PARTS_MAX = 64;

/** Final signatures, one for each part: r and s, for ECDSA perhaps with the recovery id behind. */
export const signatureList = z
  .array(z.string().regex(/^(?:[0-9a-f]{128}|[0-9a-f]{130})$/u))
  .min(1)
  .max(PARTS_MAX);

/** DKG, round 0: a promise of what round 1 will reveal. */
export const ceremonyCommitment = z.strictObject({
  /** 32 fresh bytes; all of them together make the ceremony id. */
  nonce: hexOf(32),
  /** Commitment to the round-1 package. */
  commitment: digestHex,
});
export type CeremonyCommitment = z.infer<typeof ceremonyCommitment>;

/** DKG, round 1: the sender's part of the group key and the proof that it knows its secret. */
export const ceremonyPackage = ({ pointBytes }: Suite) =>
  z.strictObject({
    coefficients: z.array(hexOf(pointBytes)).min(2).max(16),
    /** A Schnorr signature: a point and a scalar. */
    proof: hexOf(pointBytes + 32),
  });
export type CeremonyPackage = z.infer<ReturnType<typeof ceremonyPackage>>;

/** DKG, rounds 3 and 4: the hash of everything the sender saw, and the key that came of it. */
export const ceremonyEcho = z.strictObject({ transcript: digestHex, publicKey: vaultKeyHex });

/** Signing, round 1. */
export const signingCommitment = ({ pointBytes }: Suite) =>
  z.strictObject({
    /** 32 fresh bytes; those of all signers go into the session id. */
    nonce: hexOf(32),
    /** One for each part of what is signed, in their order. */
    commitments: z
      .array(z.strictObject({ hiding: hexOf(pointBytes), binding: hexOf(pointBytes) }))
      .min(1)
      .max(PARTS_MAX),
    /** Hash of the heads of the signer's roster and policy logs. */
    trust: digestHex,
  });
export type SigningCommitment = z.infer<ReturnType<typeof signingCommitment>>;

/** Signing, round 2. */
export const signingShares = z.strictObject({
  /** One for each part. */
  shares: z.array(hexOf(32)).min(1).max(PARTS_MAX),
});
