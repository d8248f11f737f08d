/** What the envelopes of a share repair carry; the package of round 1 is in `frost/repair-plan.ts`. */
import { z } from 'zod';
import {
  chainId,
  digestHex,
  operationId,
  publicKeyHex,
  slug,
  vaultTier,
} from '#lib/protocol/scalars.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import { groupKey } from '../frost/group.ts';
import { hexOf } from './encoding.ts';

/** What a helper says of the key: everything public that the lost party stores with its share. */
export const keyWord = z.strictObject({
  vault: slug,
  tier: vaultTier,
  chain: chainId,
  suite: keySuite,
  /** In the order of their index. */
  members: z
    .array(
      z.strictObject({
        name: slug,
        index: z.int().min(1).max(16),
        identityKey: publicKeyHex,
        exchangeKey: publicKeyHex,
      }),
    )
    .min(2)
    .max(16),
  group: groupKey,
  ceremony: digestHex,
  transcript: digestHex,
  /** The operation that made this epoch. */
  operation: operationId,
  intentDigest: digestHex,
});
export type KeyWord = z.infer<typeof keyWord>;

/** Round 0. */
export const repairOpening = z.strictObject({
  /** 32 fresh bytes; all of them together make the id of the repair. */
  nonce: hexOf(32),
  /** Null from the party that lost its share. */
  word: keyWord.nullable(),
});
export type RepairOpening = z.infer<typeof repairOpening>;

/** Round 2: the hash of everything the sender saw, before any delta is dealt. */
export const repairEcho = z.strictObject({ transcript: digestHex });
