/** What a person signs about a breach: the decision word for word, and by its digest all that was on record. */
import { z } from 'zod';
import { signedKinds } from './life.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const breachStatement = z.strictObject({
  type: z.literal('countersign/privacy-breach-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  breach: z.uuid(),
  number: z.string(),
  step: z.enum(signedKinds),
  /** As the event has them. */
  facts: z.record(z.string(), z.unknown()),
  /** Salted commitments to the texts that come with it. */
  texts: z.array(z.strictObject({ field: z.string(), commitment: sha256 })).max(5),
  /** Digest of what stood on record before. */
  events: sha256,
  /** How many events there were when this was signed. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type BreachStatement = z.infer<typeof breachStatement>;
