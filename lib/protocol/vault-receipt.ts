/**
 * A holder's signed word about a vault: this address is the one it derives from the key that it holds
 * a share of. With a threshold of them a party that holds none can tell an own vault from any other
 * address. The shape alone, for browsers too; `vault-proof.ts` checks it.
 */
import { z } from 'zod';
import { address, chainId, environment, signatureHex, slug, vaultTier } from './scalars.ts';
import { keySuite } from './suites.ts';

/** The same for every holder of a key, so that what they say is compared field by field. */
export const vaultReceipt = z.strictObject({
  type: z.literal('countersign/vault-receipt/v1'),
  organisation: slug,
  environment,
  vault: slug,
  tier: vaultTier,
  chain: chainId,
  address,
  key: slug,
  suite: keySuite,
  /**
   * The key itself, hex, 33 bytes compressed: on chains where every owner has an account of their own, so that who holds
   * no share can work out where an owner's lies. Absent on others.
   */
  publicKey: z
    .string()
    .regex(/^0[23][0-9a-f]{64}$/)
    .optional(),
  /** How many of the holders sign together. */
  threshold: z.int().min(2).max(16),
  /** Names of all parties that hold a share, in the order of their index. */
  holders: z.array(slug).min(2).max(16),
});
export type VaultReceipt = z.infer<typeof vaultReceipt>;

export const signedVaultReceipt = z.strictObject({
  receipt: vaultReceipt,
  /** The holder that signs. */
  party: slug,
  /** Ed25519 by the party's identity key over the type and the canonical text, each behind its length. */
  signature: signatureHex,
});
export type SignedVaultReceipt = z.infer<typeof signedVaultReceipt>;
