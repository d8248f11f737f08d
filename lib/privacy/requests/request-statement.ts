/** What a person signs about a request: the decision, and by its digest all that it was made on. */
import { z } from 'zod';
import { eventFacts } from './event.ts';

export const signedSteps = ['proposed', 'approved'] as const;
export type SignedStep = (typeof signedSteps)[number];

const {
  decision,
  grounds,
  earlier,
  events,
  package: sent,
  plan,
  stops,
} = eventFacts.proposed.shape;

export const requestStatement = z.strictObject({
  type: z.literal('countersign/privacy-request-statement/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  request: z.uuid(),
  number: z.string(),
  right: z.string(),
  /** Whom the request is about; null where nobody could be identified. */
  subject: z.string().nullable(),
  step: z.enum(signedSteps),
  decision,
  grounds,
  /** The articles of the grounds, as the letter names them. */
  articles: z.array(z.string()),
  earlier,
  /** Digest of the events before the proposal. */
  events,
  package: sent,
  plan,
  stops,
  /** Salted commitment to the reasons, hex. */
  reasons: z.string().regex(/^[0-9a-f]{64}$/),
  /** How many events there were when this was signed. */
  revision: z.int(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
});
export type RequestStatement = z.infer<typeof requestStatement>;
