/** Intents by which one person stops something at once, and the one by which several start it again. */
import { z } from 'zod';
import { intentCommon } from './intent-common.ts';
import { assetCode, base64url, digestHex, operationId, personId, slug } from './scalars.ts';

/** What stands still: everything at once, one asset, or one vault. */
export const freezeScope = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('everything') }),
  z.strictObject({ what: z.literal('asset'), asset: assetCode }),
  z.strictObject({ what: z.literal('vault'), vault: slug }),
]);
export type FreezeScope = z.infer<typeof freezeScope>;

export const freezeIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('freeze'),
  scope: freezeScope,
  /** Salted SHA-256 of the reason, whose text lives in a row that can be erased. */
  reasonCommitment: digestHex,
});

export const releaseIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('release'),
  /** The operation that froze; each freeze is released by itself. */
  freeze: operationId,
  reasonCommitment: digestHex,
});

export const revocationIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('revocation'),
  person: personId,
  /**
   * The key that no longer counts; null for every key that the roster in force lists for the person.
   * One that a later roster brings counts, because the usual people stated that.
   */
  credential: base64url.max(1400).nullable(),
  reasonCommitment: digestHex,
});

export const destinationRemovalIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('destination-removal'),
  destination: slug,
  reasonCommitment: digestHex,
});

export type FreezeIntent = z.infer<typeof freezeIntent>;
export type ReleaseIntent = z.infer<typeof releaseIntent>;
export type RevocationIntent = z.infer<typeof revocationIntent>;
export type DestinationRemovalIntent = z.infer<typeof destinationRemovalIntent>;
