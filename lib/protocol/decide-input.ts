/** What a decision looks at, as plain data: what came from outside, and what the party itself holds. */
import { z } from 'zod';
import { plainTransaction } from './bundle.ts';
import { policy } from './policy.ts';
import { group, roster } from './roster.ts';
import {
  assetCode,
  base64url,
  chainId,
  clientId,
  instant,
  operationId,
  slug,
  vaultTier,
} from './scalars.ts';

const address = z.string().min(1).max(128);

/** A counter that a credential gave, and for which statement; kept by the party for good. */
export const seenCounter = z.strictObject({
  /** Credential id. */
  credential: base64url.max(1400),
  signCount: z.int().min(0).max(0xffffffff),
  /** The challenge of the statement it came with. */
  challenge: base64url.length(43),
});
export type SeenCounter = z.infer<typeof seenCounter>;

export const decideInput = z.strictObject({
  /** From outside; anything at all. */
  intent: z.unknown(),
  /** From outside; anything at all. */
  statements: z.unknown(),
  /** The versions in force at this party, pinned and sound when they were pinned. */
  roster,
  policy,
  /** The party's own copy of the policy in force when the operation was raised, where that is an older one. */
  policyAtRaise: policy.optional(),
  party: z.strictObject({
    name: slug,
    group,
    vaults: z.array(
      z.strictObject({ id: slug, key: slug, tier: vaultTier, chain: chainId, address }),
    ),
    destinations: z.array(
      z.strictObject({ id: slug, client: clientId, chain: chainId, asset: assetCode, address }),
    ),
    /** Ids of the keys that exist already. */
    keys: z.array(slug),
    seenCounters: z.array(seenCounter),
    endedAttempts: z.array(z.strictObject({ operation: operationId, attempt: z.int().min(1) })),
  }),
  /** Conflict keys of the transactions this party has already helped to sign for the operation. */
  ties: z.array(z.string().min(1).max(300)),
  /** As the party's own decoder read it; null for operations without one. */
  transaction: plainTransaction.nullable(),
  /** By the party's own clock. */
  now: instant,
});
export type DecideInput = z.infer<typeof decideInput>;
