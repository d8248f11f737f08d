/** What the envelopes of each round carry. Points and scalars are hex of exactly their length. */
import { z } from 'zod';
import { digestHex, publicKeyHex } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';

/** DKG, round 0: a promise of what round 1 will reveal. */
export const ceremonyCommitment = z.strictObject({
  /** 32 fresh bytes; all of them together make the ceremony id. */
  nonce: hexOf(32),
  /** Commitment to the round-1 package. */
  commitment: digestHex,
});
export type CeremonyCommitment = z.infer<typeof ceremonyCommitment>;

/** DKG, round 1: the sender's part of the group key and the proof that it knows its secret. */
export const ceremonyPackage = z.strictObject({
  coefficients: z.array(hexOf(32)).min(2).max(16),
  proof: hexOf(64),
});
export type CeremonyPackage = z.infer<typeof ceremonyPackage>;

/** DKG, rounds 3 and 4: the hash of everything the sender saw, and the key that came of it. */
export const ceremonyEcho = z.strictObject({ transcript: digestHex, publicKey: publicKeyHex });

/** Signing, round 1. */
export const signingCommitment = z.strictObject({
  /** 32 fresh bytes; those of all signers go into the session id. */
  nonce: hexOf(32),
  hiding: hexOf(32),
  binding: hexOf(32),
  /** Hash of the heads of the signer's roster and policy logs. */
  trust: digestHex,
});
export type SigningCommitment = z.infer<typeof signingCommitment>;

/** Signing, round 2. */
export const signingShare = z.strictObject({ share: hexOf(32) });
