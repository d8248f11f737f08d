/**
 * Proof of control: the parties of a vault's key sign a text that names the vault, a snapshot of the
 * books and a block, and that no chain can take for a transaction.
 */
import { z } from 'zod';
import { intentCommon } from './intent-common.ts';
import { address, chainId, digestHex, slug } from './scalars.ts';

/** A block by height (a slot, where the chain counts those) and hash: the signature is younger. */
export const blockAnchor = z.strictObject({
  height: z.int().min(0),
  /** As the chain's own tools print it. */
  hash: z.string().regex(/^[0-9A-Za-z]{1,88}$/),
});
export type BlockAnchor = z.infer<typeof blockAnchor>;

export const proofOfControlIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('proof-of-control'),
  vault: slug,
  key: slug,
  chain: chainId,
  /** The vault's own address, under whose key the signature has to verify. */
  address,
  challenge: z.strictObject({
    /** Digest of the snapshot, which states reserves and the roots of liabilities. */
    snapshotDigest: digestHex,
    block: blockAnchor,
  }),
});
export type ProofOfControlIntent = z.infer<typeof proofOfControlIntent>;
