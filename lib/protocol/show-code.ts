/**
 * What a person signs at the page of a party to be shown their code for an operation. It asks for a
 * code and states nothing about the operation.
 */
import { z } from 'zod';
import {
  base64url,
  digestHex,
  environment,
  instant,
  operationId,
  personId,
  slug,
} from './scalars.ts';

export const showCode = z.strictObject({
  type: z.literal('countersign/show-code/v1'),
  organisation: slug,
  environment,
  /** The party that shows the code, by name; another takes it for nothing. */
  party: slug,
  operation: operationId,
  intentDigest: digestHex,
  attempt: z.int().min(1).max(100),
  person: personId,
  /** 32 random bytes from the party, good once. */
  nonce: base64url.length(43),
  issuedAt: instant,
});
export type ShowCode = z.infer<typeof showCode>;
