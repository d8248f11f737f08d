/**
 * How one party hears what another let leave, so that each measures a window by what all of them let
 * go, whichever of them signed. A question and its page are signed as in `peer-decrees.ts`.
 */
import { z } from 'zod';
import {
  amount,
  assetCode,
  clientId,
  digestHex,
  instant,
  operationId,
  slug,
} from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import type { PartyIdentity } from './identity.ts';
import { signDocument, verifyDocument } from './signed-document.ts';

/** Most withdrawals on a page. */
export const SPENDS_MAX = 500;

const addressed = { party: slug, to: slug, genesisDigest: digestHex, nonce: hexOf(32) };

const spendsQuestion = z.strictObject({
  type: z.literal('countersign/peer-spends-question/v1'),
  ...addressed,
  /** Number of the last change that the asking party has heard of. */
  after: z.int().min(0),
  clock: instant,
});
export type SpendsQuestion = z.infer<typeof spendsQuestion>;

export const signedSpendsQuestion = z.strictObject({
  question: spendsQuestion,
  signature: hexOf(64),
});
export type SignedSpendsQuestion = z.infer<typeof signedSpendsQuestion>;

export const peerSpend = z.strictObject({
  operation: operationId,
  asset: assetCode,
  /** Smallest unit. */
  amount,
  vault: slug,
  /** Null where nothing left the organisation. */
  client: clientId.nullable(),
  destination: slug.nullable(),
  /** From when its windows count. */
  at: instant,
});
export type PeerSpend = z.infer<typeof peerSpend>;

const spendsPage = z.strictObject({
  type: z.literal('countersign/peer-spends/v1'),
  ...addressed,
  /** Number of the last change that is on the page, or too old to be. */
  upTo: z.int().min(0),
  spends: z.array(peerSpend).max(SPENDS_MAX),
});
export type SpendsPage = z.infer<typeof spendsPage>;

export const signedSpends = z.strictObject({ page: spendsPage, signature: hexOf(64) });
export type SignedSpends = z.infer<typeof signedSpends>;

export const signSpendsQuestion = (
  identity: PartyIdentity,
  question: SpendsQuestion,
): SignedSpendsQuestion => ({ question, signature: signDocument(identity, question) });

export const verifySpendsQuestion = (
  identityKey: string,
  { question, signature }: SignedSpendsQuestion,
): boolean => verifyDocument(identityKey, question, signature);

export const signSpends = (identity: PartyIdentity, page: SpendsPage): SignedSpends => ({
  page,
  signature: signDocument(identity, page),
});

export const verifySpends = (identityKey: string, { page, signature }: SignedSpends): boolean =>
  verifyDocument(identityKey, page, signature);
