/** Posts the journal of a correction, in the transaction of its approval. */
import { auditLeaf } from '#lib/audit/leaf.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { journalDigest } from './post-journal.ts';

export type CorrectionToPost = {
  correction: string;
  approver: string;
  /** As they were signed; the database takes them from there, and the digest is over these. */
  lines: readonly { account: string; amount: string }[];
  /** Number of the journal that it corrects. */
  corrects: string | null;
  at: Date;
};

export type PostCorrectionRefusal =
  | 'insufficient-balance'
  | 'suspense-short'
  | 'missing-exceeded'
  | 'account-unknown'
  | 'correction-expired';

/** What names the journal of a correction: there is one, whoever approves it and how often. */
export const correctionKey = (correction: string): string => `correction:${correction}`;

/**
 * The correction and both statements must be on record in the same transaction: the database posts the
 * lines that were signed and nothing else.
 * @returns the journal's number.
 * @throws when the database does not know it as signed by two people: a broken invariant.
 */
export async function postCorrection(
  tx: Pick<Tx, '$queryRaw'>,
  { correction, approver, lines, corrects, at }: CorrectionToPost,
): Promise<Result<{ journal: bigint }, PostCorrectionRefusal>> {
  const key = correctionKey(correction);
  const digest = journalDigest({ key, kind: 'correction', operation: null, corrects, lines });
  const leaf = auditLeaf({
    kind: 'journal-posted',
    subject: key,
    actor: 'worker',
    at,
    facts: { journalKey: key, journalKind: 'correction', contentDigest: digest },
  });
  const [answer] = await tx.$queryRaw<{ status: string; journal: string | null }[]>`
    select status, journal::text from ledger_post_correction(
      ${correction}::uuid, ${approver}, ${digest}, ${at.toISOString()}::timestamptz, ${leaf.bytes}, ${leaf.hash})`;
  if (answer?.status === 'posted' && answer.journal !== null)
    return ok({ journal: BigInt(answer.journal) });
  switch (answer?.status) {
    case 'insufficient':
      return refuse(
        'insufficient-balance',
        'A client has less available than this correction takes from them. What is held for withdrawals is not available. Nothing was posted.',
      );
    case 'suspense_short':
      return refuse(
        'suspense-short',
        'A suspense account has less than this correction takes from it, so part of it was attributed before. Nothing was posted.',
      );
    case 'missing_exceeded':
      return refuse(
        'missing-exceeded',
        'This correction makes good more than is missing, so part of it was made good before. Nothing was posted.',
      );
    case 'expired':
      return refuse(
        'correction-expired',
        'By the clock of the database it waited too long and has expired. Nothing was posted. Raise it again if it still holds.',
      );
    case 'no_client':
    case 'no_vault':
      return refuse(
        'account-unknown',
        'An account of this correction belongs to a client or vault that is not on record. Nothing was posted.',
      );
    default:
      throw new Error(`A correction was not posted: ${answer?.status ?? 'no answer'}`);
  }
}
