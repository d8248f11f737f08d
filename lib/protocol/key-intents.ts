/** Intents about threshold keys: making one, and what has to be done to it over its life. */
import { z } from 'zod';
import { intentCommon } from './intent-common.ts';
import { chainId, slug, vaultTier } from './scalars.ts';
import { keySuite } from './suites.ts';

/** Parties that will hold a share, by name, in the order of their index. */
const holders = z.array(slug).min(2).max(16);
const epoch = z.int().min(1).max(1_000_000);

export const keyCeremonyIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('key-ceremony'),
  key: slug,
  suite: keySuite,
  threshold: z.int().min(2).max(16),
  /** Names of the parties that will hold a share, in the order of their index. */
  parties: holders,
  vault: z.strictObject({ id: slug, tier: vaultTier, chain: chainId }),
});

/** New shares of the same key: the address stays, shares and backups of the epoch before end. */
export const keyRefreshIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('key-refresh'),
  key: slug,
  /** Epoch in force before; the refresh makes the next. */
  epoch,
  parties: holders,
});

/** Gives one party its lost share back with the help of the others. */
export const keyRepairIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('key-repair'),
  key: slug,
  epoch,
  /** The party that lost its share. */
  party: slug,
  /** Parties that help, as many as the threshold, in the order of their index. */
  helpers: holders,
});

/** Each party seals its share for its own group of custodians. */
export const keyBackupIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('key-backup'),
  key: slug,
  epoch,
  parties: holders,
});

export type KeyCeremonyIntent = z.infer<typeof keyCeremonyIntent>;
export type KeyRefreshIntent = z.infer<typeof keyRefreshIntent>;
export type KeyRepairIntent = z.infer<typeof keyRepairIntent>;
export type KeyBackupIntent = z.infer<typeof keyBackupIntent>;
