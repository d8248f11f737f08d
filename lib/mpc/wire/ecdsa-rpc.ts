/** The two methods by which ECDSA takes longer than FROST, and what the envelopes of all its rounds carry. */
import { z } from 'zod';
import { digestHex, slug } from '#lib/protocol/scalars.ts';
import { SIGN_MESSAGE } from '../dkls/sign/messages.ts';
import { hexOf } from './encoding.ts';
import { signedEnvelope } from './envelope.ts';
import { privatePayloadOf } from './private-payload.ts';
import { envelopes, KIB, method } from './rpc-method.ts';

/** Most parts of one transaction that are signed with ECDSA. */
export const ECDSA_PARTS_MAX = 16;
/** Most of them times the other signers: what a party has to hold and to send at once. */
export const ECDSA_WORK_MAX = 32;

/** Signing, round 1: nothing yet that rests on a pair. */
export const ecdsaCommitment = z.strictObject({
  /** 32 fresh bytes; those of all signers go into the session id. */
  nonce: hexOf(32),
  /** Hash of the heads of the signer's roster and policy logs. */
  trust: digestHex,
  /** Of the signer's pair with each other signer. */
  pairs: z
    .array(z.strictObject({ peer: slug, id: digestHex }))
    .min(1)
    .max(15),
});
export type EcdsaCommitment = z.infer<typeof ecdsaCommitment>;

/** Rounds 2 and 3: the messages of `dkls/sign` for all parts, one behind the other, to one signer. */
export const ecdsaMessages = {
  2: privatePayloadOf(ECDSA_PARTS_MAX * SIGN_MESSAGE[1]),
  3: privatePayloadOf(ECDSA_PARTS_MAX * SIGN_MESSAGE[2]),
} as const;

/** Round 4: the signer's part of each signature. */
export const ecdsaShares = z.strictObject({
  shares: z.array(hexOf(SIGN_MESSAGE[3])).min(1).max(ECDSA_PARTS_MAX),
});

const round = z.strictObject({ session: hexOf(32), envelopes });
const severalEnvelopes = z.strictObject({ envelopes: z.array(signedEnvelope).max(16) });

/** A message of round 3 takes 72 KiB in base64url. */
const ROUND_BYTES = (ECDSA_WORK_MAX * 80 + 64) * KIB;

export const ecdsaRpc = {
  /** Nonces in, first messages of every part out: from here on the pairs are used. */
  signExtend: method('/v1/sign/extend', 64 * KIB, round, severalEnvelopes),
  /** First messages in, second ones out. */
  signMultiply: method('/v1/sign/multiply', ROUND_BYTES, round, severalEnvelopes),
} as const;
/** Of `signShare`, which brings the second messages. */
export const SHARE_BYTES = ROUND_BYTES;
