/** What a person signs about a case that two people stand behind: the whole of it as it was read. */
import { z } from 'zod';
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Case } from '../register/cases.ts';

/** The decisions that need a key, and the register of each. */
export const decisions = { approved: 'rights-event', accepted: 'loss' } as const;
export type Decision = keyof typeof decisions;

export const decisionStatement = z.strictObject({
  type: z.literal('countersign/register-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  register: z.enum(['rights-event', 'loss']),
  case: z.uuid(),
  number: z.string(),
  decision: z.enum(['approved', 'accepted']),
  /** Digest of the case with its steps, the shares they name and the commitments to its texts. */
  content: z.string(),
  /** How many steps the case had. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type DecisionStatement = z.infer<typeof decisionStatement>;

/** Digest of everything a case says. Texts stand for themselves by their commitments, which outlive them. */
export async function caseContent(
  db: Database | Tx,
  { id, number, facts, steps }: Case,
): Promise<string> {
  const texts = await db.registerText.findMany({
    where: { caseId: id },
    orderBy: [{ seq: 'asc' }, { kind: 'asc' }, { version: 'asc' }],
    select: { seq: true, kind: true, version: true, commitment: true },
    take: 2_000,
  });
  return caseDigest({ number, facts, steps, texts });
}

/** The same of what was read already. Pure. @param texts in the order of step, kind and version. */
export const caseDigest = (
  said: Pick<Case, 'number' | 'steps' | 'facts'> & {
    texts: { seq: number; kind: string; version: number; commitment: string }[];
  },
): string => contentDigest({ type: 'countersign/register-case/v1', ...said });
