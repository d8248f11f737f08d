/**
 * Deposits to an address: what is new, what is deep enough to credit, and what a reorganization took
 * back. Pure; `lookForDeposits` asks the questions.
 *
 * A checkpoint is a block that counts as final. While it is on the chain, everything that can have
 * changed lies above it, so a history from there on is all there is to look at. A chain without it has
 * been reorganized deeper than anybody planned for, and a person has to look.
 */
import type { BlockRef, HistoryEntry } from './source.ts';

export type Deposit = {
  txid: string;
  vout: number;
  amount: bigint;
  block: BlockRef;
  /** True from the event `confirmed` until `reversed`. */
  isCredited: boolean;
};

export type DepositState = {
  checkpoint: BlockRef;
  /** Deposits in blocks above the checkpoint. */
  deposits: readonly Deposit[];
};

/** One look at the chain, all of it at one tip. */
export type Sight = {
  tip: BlockRef;
  /** Hash at the checkpoint's height; null above the tip. */
  checkpointHash: string | null;
  /** Hashes at the heights of the state's deposits and of the entries; null above the tip. */
  hashAt: ReadonlyMap<number, string | null>;
  /** Everything received above the checkpoint; what waits for a block is passed over. */
  entries: readonly HistoryEntry[];
};

export type DepositEvent =
  /** In a block for the first time. */
  | { event: 'seen'; deposit: Deposit }
  /** Deep enough: credit it. */
  | { event: 'confirmed'; deposit: Deposit }
  /** Its block is gone and it is in another one; nothing to do unless `reversed` comes as well. */
  | { event: 'moved'; deposit: Deposit; from: BlockRef }
  /** It was credited, and is not deep enough any more: take the credit back. */
  | { event: 'reversed'; deposit: Deposit }
  /** It is in no block any more. */
  | { event: 'vanished'; deposit: Deposit };

export type HoldReason =
  /** The tip is below something already seen: the node lags, or its chain is being replaced. */
  | 'tip-behind'
  /** The checkpoint is not on this chain. */
  | 'checkpoint-gone'
  /** Block hashes and history don't fit together: the node is wrong, or the chain moved meanwhile. */
  | 'answers-contradict';

export type DepositJudgement =
  | { verdict: 'judged'; events: DepositEvent[]; state: DepositState }
  | { verdict: 'hold'; reason: HoldReason };

const keyOf = ({ txid, vout }: { txid: string; vout: number }): string => `${txid}:${vout}`;

/** Blocks on it, its own included. */
export const depthOf = (block: BlockRef, tip: BlockRef): number =>
  Math.max(0, tip.height - block.height + 1);

/**
 * @param depth blocks, its own included, from which a deposit is credited; 1 or more.
 * @returns events in the order to act on them: what is taken back comes first.
 */
export function judgeDeposits(state: DepositState, sight: Sight, depth: number): DepositJudgement {
  const reason = findReasonToHold(state, sight);
  if (reason) return { verdict: 'hold', reason };
  const found = foundDeposits(sight);
  if (!found) return { verdict: 'hold', reason: 'answers-contradict' };
  const taken: DepositEvent[] = [];
  const given: DepositEvent[] = [];
  const deposits: Deposit[] = [];
  const known = new Map(state.deposits.map((deposit) => [keyOf(deposit), deposit]));
  for (const old of state.deposits) {
    const now = found.get(keyOf(old));
    const isMoved = sight.hashAt.get(old.block.height) !== old.block.hash;
    // A block that is still there holds what it held, and one that is gone holds nothing.
    if (!isMoved && now?.block.hash !== old.block.hash)
      return { verdict: 'hold', reason: 'answers-contradict' };
    if (isMoved && now?.block.hash === old.block.hash)
      return { verdict: 'hold', reason: 'answers-contradict' };
    // The id of a transaction commits to its amounts.
    if (now && now.amount !== old.amount) return { verdict: 'hold', reason: 'answers-contradict' };
    if (isMoved && now) taken.push({ event: 'moved', deposit: now, from: old.block });
    const isShallow = !now || depthOf(now.block, sight.tip) < depth;
    if (isMoved && old.isCredited && isShallow) taken.push({ event: 'reversed', deposit: old });
    if (!now) taken.push({ event: 'vanished', deposit: old });
  }
  for (const [key, now] of found) {
    const old = known.get(key);
    const isDeep = depthOf(now.block, sight.tip) >= depth;
    const wasCredited = old?.isCredited ?? false;
    const isStill = old?.block.hash === now.block.hash;
    // A credit stays with a block that stays, whatever a slower node says of its depth.
    const deposit = { ...now, isCredited: isDeep || (wasCredited && isStill) };
    if (!old) given.push({ event: 'seen', deposit });
    if (deposit.isCredited && !wasCredited) given.push({ event: 'confirmed', deposit });
    deposits.push(deposit);
  }
  return {
    verdict: 'judged',
    events: [...taken, ...given],
    state: { checkpoint: state.checkpoint, deposits },
  };
}

/**
 * Moves the checkpoint up, and lets go of the deposits below it: they are credited for good.
 * @param to a block that was asked for by height at the same tip that was judged.
 * @throws RangeError when a deposit below it is not credited, or it goes down.
 */
export function moveCheckpoint(state: DepositState, to: BlockRef): DepositState {
  if (to.height < state.checkpoint.height) throw new RangeError('A checkpoint never goes down');
  const deposits = state.deposits.filter(({ block }) => block.height > to.height);
  const below = state.deposits.filter(({ block }) => block.height <= to.height);
  if (below.some(({ isCredited }) => !isCredited))
    throw new RangeError('A deposit below the checkpoint is not credited');
  return { checkpoint: to, deposits };
}

function findReasonToHold(state: DepositState, sight: Sight): HoldReason | null {
  const { checkpoint, deposits } = state;
  if (sight.tip.height < checkpoint.height) return 'tip-behind';
  if (sight.checkpointHash !== checkpoint.hash) return 'checkpoint-gone';
  // A chain that took another's place is longer than it, so nothing seen is above its tip.
  if (deposits.some(({ block }) => block.height > sight.tip.height)) return 'tip-behind';
  const isAsked = deposits.every(({ block }) => typeof sight.hashAt.get(block.height) === 'string');
  return isAsked ? null : 'answers-contradict';
}

/** @returns null when the history has something twice, or where it can't be. */
function foundDeposits({ entries, tip, hashAt }: Sight): Map<string, Deposit> | null {
  const found = new Map<string, Deposit>();
  for (const { txid, block, received } of entries) {
    if (!block) continue;
    // An index may list a block that is not, or no longer, on the chain it tells of.
    if (block.height > tip.height || hashAt.get(block.height) !== block.hash) return null;
    for (const { vout, amount } of received) {
      const deposit = { txid, vout, amount, block, isCredited: false };
      if (found.has(keyOf(deposit))) return null;
      found.set(keyOf(deposit), deposit);
    }
  }
  return found;
}
