/** Ties to clients as they stand with a package that was built. Pure. */
import { z } from 'zod';
import { keysOf } from '#lib/platform/keys-of.ts';
import { tieGrounds } from './tie-grounds.ts';

/** A tie by which a person is a client, and whether what the client has goes into a copy. */
const clientTie = z.strictObject({
  client: z.string(),
  /** ISO instants. */
  since: z.iso.datetime(),
  /** From when records of the client are in; null from the beginning on, and not said before it was asked. */
  from: z.iso.datetime().nullable().optional(),
  until: z.iso.datetime().nullable(),
  recordedAt: z.iso.datetime(),
  /** Id; null where nothing says who. */
  recordedBy: z.string().nullable(),
  grounds: z.array(z.enum(keysOf(tieGrounds))),
  /** Who confirmed it, in the legal review or on the page of the person. */
  confirmedBy: z.string().nullable(),
  take: z.enum(['in', 'out']),
});
export type ClientTie = z.infer<typeof clientTie>;
export const clientTies = z.array(clientTie);
