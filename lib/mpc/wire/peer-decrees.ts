/**
 * How one party reads on in what another took over. The question is signed over a fresh clock, so
 * that only parties of the roster read; the page is signed for exactly this question, so that
 * nothing can be left out on the way. What is on it is verified like anything else from outside.
 */
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import { z } from 'zod';
import { digestOf } from '#lib/protocol/intent.ts';
import { digestHex, instant, operationId, slug } from '#lib/protocol/scalars.ts';
import { hexOf } from './encoding.ts';
import type { PartyIdentity } from './identity.ts';
import { signDocument, verifyDocument } from './signed-document.ts';
import { adoptionReceipt } from './receipt.ts';

/** Most decrees on a page. */
export const PAGE_MAX = 50;
/** Most waiting changes on a page. */
export const WAITS_MAX = 20;

const decreesQuestion = z.strictObject({
  type: z.literal('countersign/peer-decrees-question/v1'),
  party: slug,
  to: slug,
  genesisDigest: digestHex,
  /** Number of the last one that the asking party has looked at. */
  after: z.int().min(0),
  limit: z.int().min(1).max(PAGE_MAX),
  nonce: hexOf(32),
  clock: instant,
});
export type DecreesQuestion = z.infer<typeof decreesQuestion>;

export const signedQuestion = z.strictObject({ question: decreesQuestion, signature: hexOf(64) });
export type SignedQuestion = z.infer<typeof signedQuestion>;

export const peerDecree = z.strictObject({
  seq: z.int().min(1),
  kind: z.enum([...adoptedKind.options, 'no']),
  operation: operationId,
  intentDigest: digestHex,
  attempt: z.int().min(1),
  /** The operation with its statements, or for a no the signed statement; verified when it is used. */
  document: z.unknown(),
  /** The answering party's word that it adopted this, and when; null for a no. */
  receipt: adoptionReceipt.nullable(),
});
export type PeerDecree = z.infer<typeof peerDecree>;

const decreesPage = z.strictObject({
  type: z.literal('countersign/peer-decrees/v1'),
  party: slug,
  to: slug,
  genesisDigest: digestHex,
  nonce: hexOf(32),
  /** Of what is on the page. */
  digest: digestHex,
});
export type DecreesPage = z.infer<typeof decreesPage>;

export const signedPage = z.strictObject({
  page: decreesPage,
  signature: hexOf(64),
  decrees: z.array(peerDecree).max(PAGE_MAX),
  /** Changes that wait out a time-lock there, with their statements. */
  waits: z.array(z.unknown()).max(WAITS_MAX),
});
export type SignedPage = z.infer<typeof signedPage>;

type PageContent = Pick<SignedPage, 'decrees' | 'waits'>;

export function signQuestion(identity: PartyIdentity, question: DecreesQuestion): SignedQuestion {
  return { question, signature: signDocument(identity, question) };
}

export function verifyQuestion(identityKey: string, candidate: SignedQuestion): boolean {
  return verifyDocument(identityKey, candidate.question, candidate.signature);
}

export function signPage(
  identity: PartyIdentity,
  of: Pick<DecreesPage, 'party' | 'to' | 'genesisDigest' | 'nonce'>,
  { decrees, waits }: PageContent,
): SignedPage {
  const digest = digestOf({ decrees, waits });
  const page: DecreesPage = { type: 'countersign/peer-decrees/v1', ...of, digest };
  return { page, signature: signDocument(identity, page), decrees, waits };
}

/** @returns false also where what is on the page has no canonical form. */
export function verifyPage(identityKey: string, candidate: SignedPage): boolean {
  const { page, signature, decrees, waits } = candidate;
  try {
    return (
      digestOf({ decrees, waits }) === page.digest && verifyDocument(identityKey, page, signature)
    );
  } catch {
    return false;
  }
}
