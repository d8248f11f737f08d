/** Whether a transaction may be in the next block already: lock time (BIP113) and sequences (BIP68). */
import type { Branch } from './branch.ts';
import type { Tx } from './wire.ts';

const FINAL = 0xffffffff;
/** Below it a lock time is a height, from there on Unix seconds. */
const LOCK_TIME_IS_TIME = 500_000_000;
const SEQUENCE_IS_NO_LOCK = 0x80000000;
const SEQUENCE_IS_TIME = 0x00400000;
const SEQUENCE_VALUE = 0x0000ffff;
/** A relative lock by time counts in steps of 512 seconds. */
const SEQUENCE_SECONDS = 512;

export function isFinal(tx: Tx, branch: Branch): boolean {
  if (tx.lockTime === 0 || tx.inputs.every(({ sequence }) => sequence === FINAL)) return true;
  const reached = tx.lockTime < LOCK_TIME_IS_TIME ? branch.height + 1 : branch.medianTime();
  return tx.lockTime < reached;
}

/** @param heights of the blocks that hold what the inputs spend; null for one in the mempool. */
export function areSequencesReached(
  tx: Tx,
  heights: readonly (number | null)[],
  branch: Branch,
): boolean {
  if (tx.version < 2) return true;
  return tx.inputs.every(({ sequence }, index) => {
    if (sequence >= SEQUENCE_IS_NO_LOCK) return true;
    const next = branch.height + 1;
    const since = heights[index] ?? next;
    const value = sequence & SEQUENCE_VALUE;
    if ((sequence & SEQUENCE_IS_TIME) === 0) return since + value <= next;
    const start = branch.medianTime(Math.max(since - 1, 0));
    return start + value * SEQUENCE_SECONDS <= branch.medianTime();
  });
}
