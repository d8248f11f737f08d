/**
 * Signed words between parties with a network and cold ones, which never meet: each says how far it
 * saw the other, so that a data folder that was put back is noticed by whoever reads the next one.
 */
import { z } from 'zod';
import { digestHex, environment, instant, slug } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import type { PartyIdentity } from './identity.ts';
import { signDocument, verifyDocument } from './signed-document.ts';

const common = {
  organisation: slug,
  environment,
  genesisDigest: digestHex,
  /** The party that signs. */
  from: slug,
  /** The trip it is said on: 32 random bytes in hex. */
  trip: digestHex,
  at: instant,
  /** Stands for roster, policy, freezes and revocations in force at whoever signs. */
  standing: digestHex,
} as const;

/** How many entries a party's own record had, and the hash of the last. */
export const recordHead = z.strictObject({ length: z.int().min(0), head: digestHex });
export type RecordHead = z.infer<typeof recordHead>;

/** How far a cold party has come, at the end of an answer. */
const headsDocument = z.strictObject({
  type: z.literal('countersign/cold-heads/v1'),
  ...common,
  record: recordHead,
});
export type ColdHeads = z.infer<typeof headsDocument>;

export const signedColdHeads = z.strictObject({ heads: headsDocument, signature: hexOf(64) });
export type SignedColdHeads = z.infer<typeof signedColdHeads>;

/** What a party with a network says to a cold one, at the head of a request. */
const wordDocument = z.strictObject({
  type: z.literal('countersign/cold-word/v1'),
  ...common,
  to: slug,
  /** The request counts until then; a session is open for so long. */
  until: instant,
  /** The furthest that it saw the cold party, in that one's own signed words; null where it never did. */
  yours: signedColdHeads.nullable(),
  /** For a signature: the nonce of the open session's commitment, and when the party had decided. */
  session: z.strictObject({ nonce: hexOf(32), decidedAt: instant }).nullable(),
});
export type ColdWord = z.infer<typeof wordDocument>;

export const signedColdWord = z.strictObject({ word: wordDocument, signature: hexOf(64) });
export type SignedColdWord = z.infer<typeof signedColdWord>;

export const signColdWord = (identity: PartyIdentity, word: ColdWord): SignedColdWord => ({
  word,
  signature: signDocument(identity, word),
});

export const verifyColdWord = (identityKey: string, { word, signature }: SignedColdWord): boolean =>
  verifyDocument(identityKey, word, signature);

export const signColdHeads = (identity: PartyIdentity, heads: ColdHeads): SignedColdHeads => ({
  heads,
  signature: signDocument(identity, heads),
});

export const verifyColdHeads = (
  identityKey: string,
  { heads, signature }: SignedColdHeads,
): boolean => verifyDocument(identityKey, heads, signature);
