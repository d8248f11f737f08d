/** What a person signs about a report: the very document, by its digest. */
import { z } from 'zod';

/** Steps that need a key. */
export const signedSteps = ['raised', 'released', 'reviewed'] as const;
export type SignedStep = (typeof signedSteps)[number];

export const reportStatement = z.strictObject({
  type: z.literal('countersign/report-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  report: z.uuid(),
  incident: z.string(),
  stage: z.enum(['initial', 'intermediate', 'final', 'reclassified']),
  step: z.enum(signedSteps),
  /** SHA-256 of the document's text, hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Version of the draft that it was made of. */
  version: z.int(),
  /** How many steps the report had. */
  revision: z.int(),
  /** Rules that the report breaks and that the person answers for, with the reason; null where it breaks none. */
  override: z.strictObject({ rules: z.array(z.string()), reason: z.string() }).nullable(),
  channel: z.string(),
  /** Released by the person who raised it, because its limit is near. */
  alone: z.boolean(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type ReportStatement = z.infer<typeof reportStatement>;
