/** BIP125: when a transaction may take the place of others that spend the same. */
import type { Entry, Mempool } from './mempool.ts';
import { reject, type Reject } from './reject.ts';
import type { Tx } from './wire.ts';

/** Satoshis per virtual byte that a replacement pays for its own way, on top of what it replaces. */
const INCREMENTAL_RATE = 1n;
const EVICTED_MAX = 100;
/** A sequence up to this one says that a transaction may be replaced. */
const SEQUENCE_REPLACEABLE_MAX = 0xfffffffd;

export const signalsReplacement = (tx: Tx): boolean =>
  tx.inputs.some(({ sequence }) => sequence <= SEQUENCE_REPLACEABLE_MAX);

/** Whether it or something it rests on in the mempool says so. */
export const isReplaceable = (tx: Tx, mempool: Mempool): boolean =>
  signalsReplacement(tx) ||
  [...mempool.ancestorsOf(tx)].some((id) => {
    const entry = mempool.find(id);
    return entry !== null && signalsReplacement(entry.tx);
  });

/**
 * Rules 1 to 5 of BIP125 and Core's own about the fee rate.
 * @param conflicts what it spends again; what rests on them goes with them.
 */
export function findReplacementFault(
  tx: Tx,
  fee: bigint,
  conflicts: readonly Entry[],
  mempool: Mempool,
): Reject | null {
  if (conflicts.some((entry) => !isReplaceable(entry.tx, mempool)))
    return reject('txn-mempool-conflict');
  const evicted = mempool.withDescendants(conflicts.map((entry) => entry.tx.txid));
  if (tx.inputs.some(({ txid }) => evicted.has(txid)))
    return reject('bad-txns-spends-conflicting-tx');
  if (evicted.size > EVICTED_MAX) return reject('too many potential replacements');
  const hasParent = new Set(conflicts.flatMap((entry) => entry.tx.inputs.map(({ txid }) => txid)));
  if (tx.inputs.some(({ txid }) => mempool.find(txid) !== null && !hasParent.has(txid)))
    return reject('replacement-adds-unconfirmed');
  for (const entry of conflicts)
    if (fee * BigInt(entry.tx.vsize) <= entry.fee * BigInt(tx.vsize))
      return reject('insufficient fee', 'rejecting replacement; new feerate <= old feerate');
  let replaced = 0n;
  for (const id of evicted) replaced += mempool.find(id)?.fee ?? 0n;
  if (fee < replaced)
    return reject('insufficient fee', 'rejecting replacement, less fees than conflicting txs');
  if (fee - replaced < INCREMENTAL_RATE * BigInt(tx.vsize))
    return reject('insufficient fee', 'rejecting replacement, not enough additional fees to relay');
  return null;
}
