/** What a person signs about a break: the exact difference, and what closes it. */
import { z } from 'zod';
import { instant } from '#lib/protocol/scalars.ts';

export const closingStatement = z.strictObject({
  type: z.literal('countersign/break-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  break: z.uuid(),
  number: z.string(),
  /** Digest of both sides and their difference. */
  content: z.string(),
  asset: z.string(),
  /** Smallest unit, outside less books. */
  amount: z.string(),
  decision: z.enum(['propose', 'accept']),
  how: z.enum(['explanation', 'correction']),
  /** Number of the correcting journal; null for an explanation. */
  journal: z.string().nullable(),
  /** Over what the proposer wrote; the accepter signs the same one. */
  noteCommitment: z.string().nullable(),
  /** Of the break as it was read; nothing came in between. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: instant,
});
export type ClosingStatement = z.infer<typeof closingStatement>;
