/**
 * A statement is what one person signs about an intent. Its challenge is the hash of its canonical
 * text, so the WebAuthn assertion proves exactly this content, attempt and expiry.
 */
import { z } from 'zod';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { canonicalize } from './intent.ts';
import {
  base64url,
  digestHex,
  environment,
  instant,
  operationId,
  personId,
  slug,
} from './scalars.ts';

/** `raise` opens an attempt; `approve` and `cosign` carry it; `reject` and `cancel` end it. */
export const decision = z.enum(['raise', 'approve', 'cosign', 'reject', 'cancel']);
export type Decision = z.infer<typeof decision>;

/** Why a person rejects or cancels. */
export const reasonCode = z.enum([
  'wrong-details',
  'not-expected',
  'suspected-fraud',
  'no-longer-needed',
  'other',
]);
export type ReasonCode = z.infer<typeof reasonCode>;

/** Crockford base32 without look-alikes: 8 characters, 40 bits. */
export const channelCode = z.string().regex(/^[0-9a-hjkmnp-tv-z]{8}$/);

export const statement = z.strictObject({
  type: z.literal('countersign/statement/v1'),
  organisation: slug,
  environment,
  operation: operationId,
  intentDigest: digestHex,
  decision,
  person: personId,
  /** From 1; a held operation goes on only under a new attempt with fresh statements. */
  attempt: z.int().min(1).max(100),
  rosterVersion: z.int().min(1),
  policyVersion: z.int().min(1),
  /** Why, for `reject` and `cancel`: a code, and a salted SHA-256 of the note, whose text can be erased. Null otherwise. */
  reason: z.strictObject({ code: reasonCode, noteCommitment: digestHex }).nullable(),
  /** 32 random bytes from the server, stored there and used once. */
  nonce: base64url.length(43),
  /** The code that the party of this person's group showed them, where policy asks for a second channel. */
  channelCode: channelCode.optional(),
  issuedAt: instant,
  /** The statement stops counting at this instant, by the clock of whoever checks it. */
  expiresAt: instant,
});
export type Statement = z.infer<typeof statement>;

/** What browsers send after `navigator.credentials.get` (WebAuthn Level 3 §5.1, JSON form). */
export const assertionJson = z.strictObject({
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  /** Unsigned, of any size and depth, and nothing here needs it: taken, and dropped at once. */
  clientExtensionResults: z
    .record(z.string(), z.unknown())
    .overwrite(() => ({}))
    .optional(),
  /** Not strict: what a later browser adds is unsigned too, and must lock nobody out; it is dropped. */
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});
export type AssertionJson = z.infer<typeof assertionJson>;

export const signedStatement = z.strictObject({ statement, assertion: assertionJson });
export type SignedStatement = z.infer<typeof signedStatement>;

/** Length-prefixed (32-bit big-endian) so that no two part lists share an encoding. */
function lengthPrefixed(...parts: Uint8Array[]): Uint8Array {
  return concatBytes(
    ...parts.flatMap((part) => {
      const header = new Uint8Array(4);
      new DataView(header.buffer).setUint32(0, part.length);
      return [header, part];
    }),
  );
}

/** Length-prefixed type tag and canonical text: a document of one type never stands for another. */
export function taggedBytes(document: { type: string }): Uint8Array {
  return lengthPrefixed(utf8ToBytes(document.type), utf8ToBytes(canonicalize(document)));
}

/**
 * The WebAuthn challenge of a canonical document: SHA-256 over its length-prefixed type tag and
 * canonical text, as base64url. The tag keeps one document kind from ever standing for another.
 */
export function challengeOf(document: { type: string }): string {
  return base64urlnopad.encode(sha256(taggedBytes(document)));
}
