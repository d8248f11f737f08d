/** One change of the roster, as a form says it. The whole next roster is never taken from a browser. */
import { z } from 'zod';
import { group, role } from '#lib/protocol/roster.ts';
import { base64url, instant, personId, slug } from '#lib/protocol/scalars.ts';

/** Characters of a group's public record; one of 16 custodians has fewer than 4,000. */
export const recordMax = 20_000;

export const rosterChange = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('seat'),
    person: personId,
    roles: z.array(role).min(1).max(5),
    group: group.nullable(),
  }),
  /** End of everything granted to a person; null for none. */
  z.strictObject({
    what: z.literal('person-end'),
    person: personId,
    notAfter: instant.nullable(),
  }),
  /** End of one key; null for none. */
  z.strictObject({
    what: z.literal('key-end'),
    person: personId,
    credential: base64url.max(1400),
    notAfter: instant.nullable(),
  }),
  z.strictObject({ what: z.literal('remove'), person: personId }),
  /** The group that is lent follows from the giver. */
  z.strictObject({
    what: z.literal('delegate'),
    from: personId,
    to: personId,
    notAfter: instant,
  }),
  z.strictObject({ what: z.literal('end-delegation'), from: personId, to: personId }),
  /** The public record that the making of a group left behind, as text. */
  z.strictObject({ what: z.literal('custodians'), record: z.string().min(1).max(recordMax) }),
  z.strictObject({ what: z.literal('end-custodians'), party: slug }),
]);
export type RosterChange = z.infer<typeof rosterChange>;
