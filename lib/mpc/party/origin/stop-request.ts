/** What the forms of the stop page and of an operation's page ask for, as the browser sends it. */
import { z } from 'zod';
import {
  assetCode,
  base64url,
  digestHex,
  operationId,
  personId,
  slug,
} from '#lib/protocol/scalars.ts';
import { reasonCode } from '#lib/protocol/statement.ts';
import { typedAttempt } from './typed-attempt.ts';

/** Empty for none. Its text is not kept. */
const note = z.string().max(500).default('');

/** A person, for every key they have, or a person and the id of one key behind a space. */
const personsKeys = z
  .string()
  .max(1500)
  .transform((text) => {
    const [person = '', credential = null, ...rest] = text.trim().split(' ');
    return rest.length > 0 ? null : { person, credential };
  })
  .pipe(z.strictObject({ person: personId, credential: base64url.max(1400).nullable() }));

export const stopRequest = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('freeze-everything'), note }),
  z.strictObject({ what: z.literal('freeze-asset'), asset: assetCode, note }),
  z.strictObject({ what: z.literal('freeze-vault'), vault: slug, note }),
  z.strictObject({ what: z.literal('revoke'), keys: personsKeys, note }),
  z.strictObject({ what: z.literal('remove-destination'), destination: slug, note }),
  z.strictObject({
    what: z.literal('reject'),
    operation: operationId,
    intentDigest: digestHex,
    attempt: typedAttempt,
    reason: reasonCode,
    note,
  }),
]);
export type StopRequest = z.infer<typeof stopRequest>;
