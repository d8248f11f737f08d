/** Form fields that a listing and a recertification share: how long it lasts and what shows it. */
import { z } from 'zod';
import { commit } from '#lib/audit/salted-commitment.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { ownershipEvidence, type OwnershipEvidence } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { instant } from '#lib/protocol/scalars.ts';
import { textField } from '#lib/protocol/text-field.ts';
import type { ErasableText } from './issue-statement.ts';

export const evidenceForm = z.strictObject({
  method: ownershipEvidence.shape.method,
  /** What shows it, such as the signature or the number of the letter; kept where it can be erased. */
  note: textField(textRules.note),
});
export type EvidenceForm = z.infer<typeof evidenceForm>;

export const certificationFields = {
  evidence: evidenceForm.nullable().default(null),
  /** Until when; the longest that policy allows when left out. */
  expiresAt: instant.optional(),
} as const;

/** A year, where policy sets no longest time. */
const usualSeconds = 365 * 86_400;

/** What goes into the intent, and the text that stays beside it. */
export function certify(
  form: { evidence: EvidenceForm | null; expiresAt?: string | undefined },
  policy: Policy,
  now: Date,
): { evidence: OwnershipEvidence | null; text: ErasableText | null; expiresAt: string } {
  const longest = (policy.book?.validitySeconds ?? usualSeconds) * 1000;
  const expiresAt = form.expiresAt ?? new Date(now.getTime() + longest).toISOString();
  if (form.evidence === null) return { evidence: null, text: null, expiresAt };
  const { method, note } = form.evidence;
  const { commitment, salt } = commit(note);
  return { evidence: { method, commitment }, text: { text: note, salt }, expiresAt };
}
