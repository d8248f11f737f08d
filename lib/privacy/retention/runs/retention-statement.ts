/** What a person signs about a rule of retention: that it may act on what a report of it says, or that it stops. */
import { z } from 'zod';

export const ruleDecisions = ['approved', 'stopped'] as const;
export type RuleDecision = (typeof ruleDecisions)[number];

export const retentionStatement = z.strictObject({
  type: z.literal('countersign/retention-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  decision: z.enum(ruleDecisions),
  run: z.uuid(),
  number: z.string(),
  rule: z.string(),
  /** Digest of the rule as it is. */
  version: z.string().regex(/^[0-9a-f]{64}$/),
  /** What the report says. */
  due: z.int().min(0),
  skipped: z.record(z.string(), z.int()),
  oldest: z.iso.date().nullable(),
  newest: z.iso.date().nullable(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type RetentionStatement = z.infer<typeof retentionStatement>;
