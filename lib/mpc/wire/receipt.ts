/**
 * A party's signed word that it adopted an operation, and when. A party that was off meanwhile
 * measures the age of the statements by this instant instead of its own clock, once two peers
 * have given their word; the statements themselves it verifies like any others.
 */
import { z } from 'zod';
import { canonicalize } from '#lib/protocol/intent.ts';
import { digestHex, instant, operationId, slug } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import { signBytes, verifyBytes, type PartyIdentity } from './identity.ts';
import { lengthPrefixed } from './tagged-hash.ts';

/** Kinds that parties adopt: they change what a party knows and move no share. */
export const adoptedKind = z.enum([
  'roster-change',
  'policy-change',
  'destination-listing',
  'destination-removal',
  'freeze',
  'release',
  'revocation',
]);

const receiptDocument = z.strictObject({
  type: z.literal('countersign/adoption-receipt/v1'),
  party: slug,
  genesisDigest: digestHex,
  kind: adoptedKind,
  operation: operationId,
  intentDigest: digestHex,
  adoptedAt: instant,
});
export type ReceiptDocument = z.infer<typeof receiptDocument>;

export const adoptionReceipt = z.strictObject({ receipt: receiptDocument, signature: hexOf(64) });
export type AdoptionReceipt = z.infer<typeof adoptionReceipt>;

const signedBytes = (of: ReceiptDocument): Uint8Array => lengthPrefixed(of.type, canonicalize(of));

export function signReceipt(identity: PartyIdentity, receipt: ReceiptDocument): AdoptionReceipt {
  return { receipt, signature: signBytes(identity, signedBytes(receipt)) };
}

export function verifyReceipt(identityKey: string, candidate: AdoptionReceipt): boolean {
  return verifyBytes(identityKey, signedBytes(candidate.receipt), candidate.signature);
}
