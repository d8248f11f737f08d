/** What a cold party says of its vaults at the end of an answer that people brought back. */
import { z } from 'zod';
import { readTravelDocument } from '#lib/protocol/travel/travel-document.ts';
import { signedVaultReceipt, type SignedVaultReceipt } from '#lib/protocol/vault-receipt.ts';

const withReceipts = z.looseObject({ receipts: z.array(signedVaultReceipt).max(16).optional() });

/**
 * The receipts in an answer, none where it can't be read. Whoever keeps them checks each signature.
 * @param of.at when it was brought, by the console's clock; answers are kept longer than they count.
 */
export function receiptsInAnswer(of: { answer: string; at: Date }): SignedVaultReceipt[] {
  const bytes = new TextEncoder().encode(of.answer);
  const read = readTravelDocument(bytes, { now: of.at.toISOString(), expected: {} });
  if (!read.ok) return [];
  return withReceipts.safeParse(read.document.body).data?.receipts ?? [];
}
