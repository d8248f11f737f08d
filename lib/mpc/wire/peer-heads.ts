/**
 * What parties with a network tell each other about how far they have come, each in its own signed
 * words, so that one that was put back can be shown what it once said.
 */
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, instant, slug } from '#lib/protocol/scalars.ts';
import { recordHead } from './cold-word.ts';
import { hexOf } from './encoding.ts';
import { signBytes, verifyBytes, type PartyIdentity } from './identity.ts';
import { adoptionReceipt } from './receipt.ts';
import { lengthPrefixed } from './tagged-hash.ts';

const versionHead = z.strictObject({ version: z.int().min(1), head: digestHex });

const headsDocument = z.strictObject({
  type: z.literal('countersign/peer-heads/v1'),
  party: slug,
  genesisDigest: digestHex,
  roster: versionHead,
  policy: versionHead,
  /** Stands for roster, policy, freezes and revocations in force there. */
  standing: digestHex,
  /** How many entries its own record has, and the hash of the last. */
  audit: recordHead,
  /** Number of its newest decree. */
  decrees: z.int().min(0),
  clock: instant,
});
export type PeerHeads = z.infer<typeof headsDocument>;

export const signedPeerHeads = z.strictObject({ heads: headsDocument, signature: hexOf(64) });
export type SignedPeerHeads = z.infer<typeof signedPeerHeads>;

/** Asks a party for its decrees after one; signed, so that only parties of the roster read them. */
const askDocument = z.strictObject({
  type: z.literal('countersign/peer-ask/v1'),
  party: slug,
  to: slug,
  genesisDigest: digestHex,
  after: z.int().min(0),
  at: instant,
});
export type PeerAsk = z.infer<typeof askDocument>;

export const signedPeerAsk = z.strictObject({ ask: askDocument, signature: hexOf(64) });
export type SignedPeerAsk = z.infer<typeof signedPeerAsk>;

/** Answer to heads: the own ones, and the furthest that were ever seen of whoever asks. */
export const headsAnswer = z.strictObject({
  heads: signedPeerHeads,
  yours: signedPeerHeads.nullable(),
});
export type HeadsAnswer = z.infer<typeof headsAnswer>;

/** A decree as it travels; what it says is verified by whoever takes it over. */
const sentDecree = z.strictObject({
  seq: z.int().min(1),
  kind: z.string().max(40),
  operation: z.string().max(64),
  intentDigest: digestHex,
  document: z.unknown(),
  /** The sender's word that it adopted this, and when; null for a lone no. */
  receipt: adoptionReceipt.nullable(),
});
export type SentDecree = z.infer<typeof sentDecree>;

export const decreesAnswer = z.strictObject({ decrees: z.array(sentDecree).max(50) });
export type DecreesAnswer = z.infer<typeof decreesAnswer>;

const bytesOf = (of: PeerHeads | PeerAsk): Uint8Array => lengthPrefixed(of.type, canonicalize(of));

export const signHeads = (identity: PartyIdentity, heads: PeerHeads): SignedPeerHeads => ({
  heads,
  signature: signBytes(identity, bytesOf(heads)),
});

export const verifyHeads = (identityKey: string, { heads, signature }: SignedPeerHeads): boolean =>
  verifyBytes(identityKey, bytesOf(heads), signature);

export const signAsk = (identity: PartyIdentity, ask: PeerAsk): SignedPeerAsk => ({
  ask,
  signature: signBytes(identity, bytesOf(ask)),
});

export const verifyAsk = (identityKey: string, { ask, signature }: SignedPeerAsk): boolean =>
  verifyBytes(identityKey, bytesOf(ask), signature);
