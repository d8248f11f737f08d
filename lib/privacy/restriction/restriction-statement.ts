/** What a person signs to lift a restriction: of whom, which data, and when the person was told. */
import { z } from 'zod';

export const liftSteps = ['lift-proposed', 'lifted'] as const;
export type LiftStep = (typeof liftSteps)[number];

export const restrictionStatement = z.strictObject({
  type: z.literal('countersign/privacy-restriction-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  restriction: z.uuid(),
  /** Number of the request that it rests on. */
  request: z.string(),
  subject: z.string(),
  step: z.enum(liftSteps),
  ground: z.string(),
  fields: z.array(z.string()),
  since: z.iso.datetime(),
  toldAt: z.iso.datetime(),
  /** How many events there were when this was signed. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type RestrictionStatement = z.infer<typeof restrictionStatement>;
