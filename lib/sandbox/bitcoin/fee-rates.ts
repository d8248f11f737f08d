/** What the stand-in says a place in a block costs. Nothing competes for its blocks, so it is a table, or what a test orders. */
import type { FaultPlan } from './faults.ts';

/** Satoshis per 1000 virtual bytes by blocks to wait. */
const RATES: readonly [number, bigint][] = [
  [2, 5_000n],
  [6, 3_000n],
  [24, 2_000n],
];
const CHEAPEST = 1_000n;

/** @param target blocks to wait at most, 1 or more. */
export const feeRateFor = (target: number, { feeRate }: Pick<FaultPlan, 'feeRate'>): bigint =>
  feeRate > 0 ? BigInt(feeRate) : (RATES.find(([blocks]) => target <= blocks)?.[1] ?? CHEAPEST);
