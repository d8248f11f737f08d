/**
 * What one party tells another, at its origin, about how far it has come: signed, for this peer
 * only, and either a question or the answer to exactly one. Both sides keep the furthest that they
 * were told, so a party whose store was put back hears of it from its peers.
 */
import { z } from 'zod';
import { digestHex, instant, slug } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import type { PartyIdentity } from './identity.ts';
import { signDocument, verifyDocument } from './signed-document.ts';

/** Keys told of; nothing rests on the list, so a party with more leaves the rest out. */
export const KEYS_TOLD = 256;

/** How many entries a party's own record has, and the hash of the last. */
const recordMark = z.strictObject({ length: z.int().min(0), head: digestHex });
export type RecordMark = z.infer<typeof recordMark>;

const versionHead = z.strictObject({ version: z.int().min(1), head: digestHex });

const exchange = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('question'), nonce: hexOf(32) }),
  z.strictObject({
    is: z.literal('answer'),
    /** Of the question, so that no older answer can stand for this one. */
    nonce: hexOf(32),
    /** How far the answering party ever saw the asking one; null for never. */
    seen: recordMark.nullable(),
  }),
]);
export type Exchange = z.infer<typeof exchange>;

const headsDocument = z.strictObject({
  type: z.literal('countersign/peer-heads/v1'),
  party: slug,
  to: slug,
  genesisDigest: digestHex,
  roster: versionHead,
  policy: versionHead,
  /** Stands for everything about people, rules and stops that parties must hold alike. */
  standing: digestHex,
  audit: recordMark,
  keys: z.array(z.strictObject({ key: slug, epoch: z.int().min(1), state: slug })).max(KEYS_TOLD),
  /** Number of its newest decree, 0 for none. */
  decrees: z.int().min(0),
  /** Number of the last change in what it counts as let go, 0 for none. */
  spends: z.int().min(0),
  /** Stands for the changes that wait out a time-lock there. */
  waits: digestHex,
  /** Whether it was told since its start how far it had come, or found that it was set back. */
  word: z.enum(['none-yet', 'heard', 'behind']),
  /** How far `to` told it that it had seen it, where its own record bears that out. */
  acknowledged: recordMark.nullable(),
  exchange,
  clock: instant,
});
export type HeadsDocument = z.infer<typeof headsDocument>;

export const signedHeads = z.strictObject({ heads: headsDocument, signature: hexOf(64) });
export type SignedHeads = z.infer<typeof signedHeads>;

export const headsAnswer = z.strictObject({
  heads: signedHeads,
  /** What `seen` is taken from: the asking party's own words. */
  yours: signedHeads.nullable(),
});
export type HeadsAnswer = z.infer<typeof headsAnswer>;

export function signHeads(identity: PartyIdentity, heads: HeadsDocument): SignedHeads {
  return { heads, signature: signDocument(identity, heads) };
}

export function verifyHeads(identityKey: string, candidate: SignedHeads): boolean {
  return verifyDocument(identityKey, candidate.heads, candidate.signature);
}

export function sameMark(one: RecordMark | null, other: RecordMark | null): boolean {
  return one?.length === other?.length && one?.head === other?.head;
}
