import type { Result } from '#lib/platform/result.ts';
import { feeLines, type FeeSource } from './fee-source.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

/** A transaction that the chain ran and whose transfer it refused; the network took its fee all the same. */
export type RefusedTransaction = {
  chain: string;
  txid: string;
  operation: string;
  /** The vault that sends, by its id. */
  vault: string;
  /** The chain's fee asset. */
  asset: string;
  /** Smallest unit, more than zero. */
  fee: bigint;
  feeFrom: FeeSource;
  at?: Date;
};

/**
 * Books that fee. Where a client bears it, it comes from what is held for the operation and ends those holds: call it
 * instead of `voidHold`, after the operation has failed, in the same transaction. What the network did not take is
 * free again. Where the custodian bears it no hold is touched, and the caller gives back what is held.
 */
export async function postRefusedFee(
  tx: Statements,
  refused: RefusedTransaction,
): Promise<Result<Posted, PostRefusal>> {
  const { chain, txid, operation, vault, asset, fee, feeFrom, at = new Date() } = refused;
  return postJournal(tx, {
    key: `network-fee:${chain}:${txid}`,
    kind: 'network-fee',
    operation,
    usesHold: typeof feeFrom === 'object',
    lines: feeLines({ fee, feeFrom }, { vault, asset }),
    corrects: null,
    at,
  });
}
