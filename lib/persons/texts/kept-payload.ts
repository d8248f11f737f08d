/** A text while it waits with a challenge for the signature over its commitment: it waits sealed. */
import { z } from 'zod';
import type { KeptText } from './keep-texts.ts';

const id = z.string().max(40);

export const keptPayload = z.strictObject({
  sealed: z.base64(),
  commitment: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ids of whom it names, and the key of each when it was looked through. */
  people: z.array(id),
  keys: z.array(id),
});
export type KeptPayload = z.infer<typeof keptPayload>;

export const toPayload = ({ sealed, commitment, people, keys = [] }: KeptText): KeptPayload => ({
  sealed: Buffer.from(sealed).toString('base64'),
  commitment,
  people: [...people],
  keys: [...keys],
});

export const fromPayload = ({ sealed, ...rest }: KeptPayload): KeptText => ({
  ...rest,
  sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
});
