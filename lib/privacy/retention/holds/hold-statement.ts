/** What a person signs to lift a hold: which one, and by its digest all that was on record. */
import { z } from 'zod';

export const liftSteps = ['lift-proposed', 'lifted'] as const;
export type LiftStep = (typeof liftSteps)[number];

export const holdStatement = z.strictObject({
  type: z.literal('countersign/privacy-hold-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  hold: z.uuid(),
  number: z.string(),
  step: z.enum(liftSteps),
  ground: z.string(),
  covers: z.array(z.strictObject({ kind: z.string(), subject: z.string() })),
  /** Digest of what stood on record before the proposal. */
  events: z.string().regex(/^[0-9a-f]{64}$/),
  /** Salted commitment to the reasons of the proposal, hex. */
  reasons: z.string().regex(/^[0-9a-f]{64}$/),
  /** How many events there were when this was signed. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type HoldStatement = z.infer<typeof holdStatement>;
