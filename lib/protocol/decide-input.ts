/** What a decision looks at, as plain data: what came from outside, and what the party itself holds. */
import { z } from 'zod';
import { plainTransaction } from './bundle.ts';
import { spentFact } from './policy-facts.ts';
import { policy } from './policy.ts';
import { group, roster } from './roster.ts';
import {
  address,
  assetCode,
  base64url,
  chainId,
  clientId,
  destinationClass,
  instant,
  operationId,
  personId,
  slug,
  vaultTier,
} from './scalars.ts';
import { channelCode } from './statement.ts';
import { freezeScope } from './stop-intents.ts';

/** A counter that a credential gave, and for which statement; kept by the party for good. */
export const seenCounter = z.strictObject({
  /** Credential id. */
  credential: base64url.max(1400),
  signCount: z.int().min(0).max(0xffffffff),
  /** The challenge of the statement it came with. */
  challenge: base64url.length(43),
});
export type SeenCounter = z.infer<typeof seenCounter>;

/** A destination as the party listed it. */
export const heldDestination = z.strictObject({
  id: slug,
  client: clientId,
  chain: chainId,
  asset: assetCode,
  address,
  class: destinationClass,
  listedAt: instant,
  expiresAt: instant,
  removed: z.boolean(),
  /** True once this party let something go there. */
  used: z.boolean(),
});
export type HeldDestination = z.infer<typeof heldDestination>;

/** A threshold key as the party holds it. */
export const heldKey = z.strictObject({
  id: slug,
  vault: slug,
  epoch: z.int().min(1),
  threshold: z.int().min(2),
  /** In the order of their index. */
  parties: z.array(slug),
});
export type HeldKey = z.infer<typeof heldKey>;

export const decideInput = z.strictObject({
  /** From outside; anything at all. */
  intent: z.unknown(),
  /** From outside; anything at all. */
  statements: z.unknown(),
  /** From outside; anything at all: what sources signed. Absent means nothing. */
  facts: z.unknown().optional(),
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
    /**
     * Where the account lies whose assets the operation moves, in each vault on a chain with accounts
     * of their own for owners. The party derives the addresses from the key it holds a share of, or,
     * for a vault of other parties, from the key that every policy that counts names for it.
     */
    accounts: z.array(z.strictObject({ vault: slug, address })).optional(),
    /**
     * Where the client of a listing, and the custodian, have accounts in vaults whose keys this party holds a share of:
     * what comes there stays with us.
     */
    ownAddresses: z.array(address).optional(),
    destinations: z.array(heldDestination),
    keys: z.array(heldKey),
    seenCounters: z.array(seenCounter),
    endedAttempts: z.array(z.strictObject({ operation: operationId, attempt: z.int().min(1) })),
    /** What stands still. */
    freezes: z.array(z.strictObject({ operation: operationId, scope: freezeScope })),
    /** Ids of keys that somebody revoked and the roster in force still lists as good. */
    revokedCredentials: z.array(base64url.max(1400)),
    /** What left by this party's own count, in each window that the policies ask about. */
    spent: z.array(spentFact),
    /** When this party first saw the full set of an attempt, where that has to wait. */
    waits: z.array(
      z.strictObject({ operation: operationId, attempt: z.int().min(1), since: instant }),
    ),
    /** The codes this party showed, or would show, to people of its own group. */
    codes: z.array(z.strictObject({ person: personId, code: channelCode })),
    peers: z.strictObject({
      /** Whether another party said, since this one started, how far this one had come. */
      word: z.enum(['heard', 'none-yet', 'behind']),
      /** Parties that hold other versions, freezes or revocations than this one. */
      differing: z.array(slug),
    }),
  }),
  /** Conflict keys of the transactions this party has already helped to sign for the operation. */
  ties: z.array(z.string().min(1).max(300)),
  /** As the party's own decoder read it; null for operations without one. */
  transaction: plainTransaction.nullable(),
  /** By the party's own clock. */
  now: instant,
  /**
   * At a cold party, when the party that sent the request had decided, by its signed word: the age of
   * facts is measured by it. Absent everywhere else.
   */
  factsAt: instant.optional(),
  /**
   * Groups of all parties that would sign together, this one among them. Absent where nothing is
   * signed.
   */
  signers: z.array(group).max(16).optional(),
  /** True where another party took the same over, by its signed word. Absent everywhere else. */
  adoptedElsewhere: z.literal(true).optional(),
});
export type DecideInput = z.infer<typeof decideInput>;
