import type { Cause } from '../matching/cause.ts';
import { isUnexplainedShortfall } from './due.ts';

/**
 * The largest shortfall per break, in the smallest unit, with which an asset may still be paid out. An
 * asset that is not listed has none, so that a new one starts careful.
 */
const limits: Readonly<Record<string, bigint>> = {
  SOL: 100_000_000n,
  EUR: 10_000n,
};

export const limitOf = (asset: string): bigint => limits[asset] ?? 0n;

/** True for a shortfall that is more than the asset's limit and that waiting alone will not mend. */
export const isOverLimit = (asset: string, amount: bigint, cause: Cause): boolean =>
  isUnexplainedShortfall(amount, cause) && -amount > limitOf(asset);
