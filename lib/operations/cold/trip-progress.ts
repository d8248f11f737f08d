/** What is remembered of a trip between its documents, as JSON in its row. Nothing in it is secret. */
import { z } from 'zod';
import { coldCeremony } from '#lib/mpc/client/cold-ceremony.ts';
import { coldSigningTrip } from '#lib/mpc/client/cold-signing.ts';

export const tripProgress = z.discriminatedUnion('what', [
  /** The cold party missed more than fits beside a request, so that travels first. */
  z.strictObject({ what: z.literal('news'), ceremony: coldCeremony }),
  z.strictObject({
    what: z.literal('signing'),
    trip: coldSigningTrip,
    /** Operations whose signatures the request tells the cold party of. */
    told: z.array(z.string()).max(100),
  }),
  z.strictObject({
    what: z.literal('ceremony'),
    ceremony: coldCeremony,
    /** A party with a network could not be asked last time. */
    isDue: z.boolean(),
  }),
]);
export type TripProgress = z.infer<typeof tripProgress>;
