/**
 * Transfer between vaults: coins go from one vault of the organisation to another, and no client is
 * owed anything else because of it. Each party looks up the destination itself (`match-transfer.ts`).
 */
import { z } from 'zod';
import { intentCommon } from './intent-common.ts';
import {
  address,
  amount,
  assetCode,
  chainId,
  clientId,
  digestHex,
  feeBearer,
  positiveAmount,
  slug,
} from './scalars.ts';

export const vaultTransferIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('vault-transfer'),
  /** The source. */
  vault: slug,
  chain: chainId,
  asset: assetCode,
  /** Smallest unit. */
  amount: positiveAmount,
  /** The vault that gets it, and its own address, so that people sign what the transaction pays. */
  destination: z.strictObject({ vault: slug, address }),
  /** Highest network fee, smallest unit of the chain's fee asset. */
  highestFee: amount,
  /** Absent in intents from before it was named: the custodian. */
  feeBearer: feeBearer.optional(),
  /**
   * Whose account moves, where owners have accounts of their own in a vault: a client's, or null for the
   * custodian's. Absent where a vault has one address for all.
   */
  owner: clientId.nullable().optional(),
  /** Salted SHA-256 of the reason, whose text lives in a row that can be erased. */
  reasonCommitment: digestHex,
});
export type VaultTransferIntent = z.infer<typeof vaultTransferIntent>;
