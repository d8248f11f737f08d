/** A text while it waits with a challenge for the signature over its commitment: it waits sealed. */
import { z } from 'zod';
import type { KeptText } from './keep-texts.ts';

export const keptPayload = z.strictObject({
  sealed: z.base64(),
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ids of whom it names. */
  people: z.array(z.string().max(40)),
});
export type KeptPayload = z.infer<typeof keptPayload>;

export const toPayload = ({ sealed, commitment, people }: KeptText): KeptPayload => ({
  sealed: Buffer.from(sealed).toString('base64'),
  commitment,
  people: [...people],
});

export const fromPayload = ({ sealed, commitment, people }: KeptPayload): KeptText => ({
  sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
  commitment,
  people,
});
