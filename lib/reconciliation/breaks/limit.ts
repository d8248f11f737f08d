import { assetBounds } from '#lib/operations/default-bounds.ts';
import type { Cause } from '../matching/cause.ts';
import { isUnexplainedShortfall } from './due.ts';

/**
 * The largest shortfall per break, in the smallest unit, with which an asset may still be paid out. An
 * asset that is not listed has none, so that a new one starts careful.
 *
 * For what lies on chains it is what the policy of a new installation lets be missing before it asks for a second
 * approver: about fifteen euro's worth in each, so that a fee or dust which somebody booked wrongly is for people to
 * explain and stops nobody. It is a choice of ours; no law names a figure, and the break stands whatever its size. That
 * of EUR is one of its own, from when banks were first compared.
 */
const limits: ReadonlyMap<string, bigint> = new Map([
  ...assetBounds.map(({ asset, fewMissing }) => [asset, BigInt(fewMissing)] as const),
  ['EUR', 10_000n] as const,
]);

export const limitOf = (asset: string): bigint => limits.get(asset) ?? 0n;

/** True for a shortfall that is more than the asset's limit and that waiting alone will not mend. */
export const isOverLimit = (asset: string, amount: bigint, cause: Cause): boolean =>
  isUnexplainedShortfall(amount, cause) && -amount > limitOf(asset);
