/** Faults that tests and drills can order; forgotten at a restart. */

/**
 * What the node can be told to say falsely: unspent amounts one satoshi too high, one bit of a
 * transaction's bytes flipped, the hash of a block with its digits turned round.
 */
export const lies = ['amount', 'bytes', 'block-hash'] as const;
export type Lie = (typeof lies)[number];

export type FaultPlan = {
  /** Accept this many transactions, and lose them. */
  drop: number;
  /** Take this many transactions, and break the connection instead of answering. */
  hangUp: number;
  /** Show the chain as it was so many blocks ago, without a mempool. */
  lag: number;
  /** What a place in the next blocks costs, satoshi for 1,000 virtual bytes; 0 for what it always costs. */
  feeRate: number;
  /** Answers of each kind that will be false. */
  lie: Record<Lie, number>;
};

export const noFaults = (): FaultPlan => ({
  drop: 0,
  hangUp: 0,
  lag: 0,
  feeRate: 0,
  lie: { amount: 0, bytes: 0, 'block-hash': 0 },
});

/** Takes the fault that befalls the next accepted transaction out of the plan. */
export function takeSendFault(plan: FaultPlan): 'none' | 'drop' | 'hang-up' {
  if (plan.drop > 0) {
    plan.drop -= 1;
    return 'drop';
  }
  if (plan.hangUp === 0) return 'none';
  plan.hangUp -= 1;
  return 'hang-up';
}

/** @returns what an honest answer is turned into when a lie of its kind is due. */
export function orLie<T>(plan: FaultPlan, kind: Lie, honest: T, falsify: (honest: T) => T): T {
  if (plan.lie[kind] === 0) return honest;
  plan.lie[kind] -= 1;
  return falsify(honest);
}
