/** What a transaction has to pay. Rates are satoshi per 1,000 virtual bytes, as nodes count, so all is whole. */

/**
 * What a replacement pays for being passed on, beyond what it replaces. Bitcoin Core asked for 1,000 until
 * version 29 and for 100 since; the higher serves both.
 */
const INCREMENTAL_RATE = 1000n;

/** What of an earlier transaction its replacement has to outbid: satoshi, and the most it could weigh. */
export type Replaced = { fee: bigint; virtualBytes: number; inputs: number };

const ceilDivide = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** Satoshi for a size at a rate, rounded up. */
export const feeAt = (rate: bigint, virtualBytes: number): bigint =>
  ceilDivide(rate * BigInt(virtualBytes), 1000n);

/**
 * Satoshi that a transaction of a size pays at least to take the place of another: more than it by what
 * passing the new one on costs (BIP125, rules 3 and 4), and at a higher rate (Bitcoin Core's replacement
 * rules). The size of the other is the most it could be; it may be a byte smaller for each input, and pay that
 * much a better rate.
 */
export function replacementFee(replaced: Replaced, virtualBytes: number): bigint {
  const smallest = BigInt(replaced.virtualBytes - replaced.inputs);
  const atHigherRate = (replaced.fee * BigInt(virtualBytes)) / smallest + 1n;
  const more = replaced.fee + feeAt(INCREMENTAL_RATE, virtualBytes);
  return more > atHigherRate ? more : atHigherRate;
}
