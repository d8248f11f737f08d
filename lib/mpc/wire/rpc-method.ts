/** What every method of a party has, and the parts of requests that several share. */
import { z } from 'zod';

export const KIB = 1024;

export type RpcMethod<Q, A> = {
  path: string;
  /** Largest request body in bytes, checked before parsing. */
  maxBytes: number;
  request: z.ZodType<Q>;
  answer: z.ZodType<A>;
};

export function method<Q, A>(
  path: string,
  maxBytes: number,
  request: z.ZodType<Q>,
  answer: z.ZodType<A>,
): RpcMethod<Q, A> {
  return { path, maxBytes, request, answer };
}

/** Checked field by field in the decision itself, which names what is wrong. */
export const looseBundle = z.strictObject({
  intent: z.unknown(),
  statements: z.unknown(),
  /** What sources signed; absent means nothing. */
  facts: z.unknown().optional(),
});

/** Each is checked when it is opened, so that one bad message has a name of its own. */
export const envelopes = z.array(z.unknown()).max(16);
