/**
 * What policy rules look at. Each fact has one source that nobody else can speak for: the intent
 * (and the transaction, which must decode to it), the party's own records, or a statement signed by
 * a source that the policy names.
 *
 * A fact that does not apply to an operation is null; one that applies and is not known is absent.
 * A rule that looks at an absent fact can't be answered, and the operation is denied.
 */
import { z } from 'zod';
import { intentKind } from './intent-kinds.ts';
import {
  amount,
  assetCode,
  clientId,
  destinationClass,
  instant,
  slug,
  vaultTier,
} from './scalars.ts';

/** What a screening provider said about an address. */
export const riskVerdict = z.enum(['low', 'medium', 'high', 'severe']);
export type RiskVerdict = z.infer<typeof riskVerdict>;

/** Where a client stands with compliance. */
export const clientStanding = z.enum(['good', 'under-review', 'blocked']);
export type ClientStanding = z.infer<typeof clientStanding>;

/** Over what outflows are added up: all of the asset, or those of one vault, client or destination. */
export const spendScope = z.enum(['asset', 'vault', 'client', 'destination']);
export type SpendScope = z.infer<typeof spendScope>;

export const spentFact = z.strictObject({
  scope: spendScope,
  /** Length of the window that ends now. */
  hours: z.int().min(1).max(744),
  /** What the party itself let go in it, this operation left out; smallest unit of the asset. */
  amount,
});
export type SpentFact = z.infer<typeof spentFact>;

export const policyFacts = z.strictObject({
  kind: intentKind,
  asset: assetCode.nullable(),
  /** Smallest unit. */
  amount: amount.nullable(),
  tier: vaultTier.nullable(),
  vault: slug.nullable(),
  client: clientId.nullable(),
  destination: z
    .strictObject({
      class: destinationClass,
      /** Since this party listed it. */
      ageSeconds: z.int().min(0),
      /** True while nothing was sent there by this party. */
      firstUse: z.boolean(),
    })
    .nullable()
    .optional(),
  /** Value in cents of a euro, rounded up. */
  eurCents: amount.nullable().optional(),
  risk: riskVerdict.nullable().optional(),
  standing: clientStanding.nullable().optional(),
  /** The largest open shortfall of the asset that nobody has explained; smallest unit, 0 for none. */
  shortfall: amount.nullable().optional(),
  spent: z.array(spentFact).max(500),
  now: instant,
});
export type PolicyFacts = z.infer<typeof policyFacts>;
