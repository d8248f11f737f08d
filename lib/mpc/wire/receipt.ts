/**
 * A party's signed word that it adopted an operation, and when. A party that was off meanwhile
 * measures the age of the statements by this instant instead of its own clock, once two peers
 * have given their word; the statements themselves it verifies like any others.
 */
import { z } from 'zod';
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import { digestHex, instant, operationId, slug } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import type { PartyIdentity } from './identity.ts';
import { signDocument, verifyDocument } from './signed-document.ts';

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

export function signReceipt(identity: PartyIdentity, receipt: ReceiptDocument): AdoptionReceipt {
  return { receipt, signature: signDocument(identity, receipt) };
}

export function verifyReceipt(identityKey: string, candidate: AdoptionReceipt): boolean {
  return verifyDocument(identityKey, candidate.receipt, candidate.signature);
}
