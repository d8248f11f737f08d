/** What a person signs about a chain that stands still: which hold, what follows, and what is left out. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { instant } from '#lib/protocol/scalars.ts';
import { chainDecisionKinds, placesMax } from './chain-decision-kinds.ts';

export const chainDecisionStatement = z.strictObject({
  type: z.literal('countersign/chain-decision/v1'),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  /** CAIP-2 id. */
  chain: z.string(),
  kind: z.enum(chainDecisionKinds),
  hold: z.uuid(),
  /** Number of the incident that has the case. */
  incident: z.string(),
  /** When what is known of the chain changed last, as the page showed it: a loss that is found later is another matter. */
  foundAt: instant.nullable(),
  /** Places that are left out: how many, and the digest over all of them, which the person read on the page. */
  places: z.strictObject({
    count: z.int().min(0).max(placesMax),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  decision: z.uuid(),
  /** The first asks, the second agrees. */
  step: z.enum(['ask', 'agree']),
  person: z.string(),
  nonce: z.string(),
  issuedAt: instant,
});
export type ChainDecisionStatement = z.infer<typeof chainDecisionStatement>;

/** SHA-256 of the places, one a line, in the order in which the decision's row has them; hex. */
export const digestOfPlaces = (places: readonly string[]): string =>
  createHash('sha256').update(places.join('\n')).digest('hex');

/** Places as a statement names them. */
export const saidPlaces = (places: readonly string[]): ChainDecisionStatement['places'] => ({
  count: places.length,
  digest: digestOfPlaces(places),
});

export const areSaid = (
  { count, digest }: ChainDecisionStatement['places'],
  places: readonly string[],
): boolean => count === places.length && digest === digestOfPlaces(places);
