/** Sums in a liabilities tree: what the books can hold, in one fixed-width spelling for hashing. */

/** The books keep amounts as numeric(78,0), so every sum stays below this. */
export const SUM_LIMIT = 10n ** 78n;

/** Bytes that hold any sum below the limit (78 decimal digits are 260 bits). */
export const SUM_BYTES = 33;

/** A sum that is negative or too large to be one: a fault of whoever made the tree. */
export class SumError extends Error {
  override name = 'SumError';
}

/** True for what a leaf or a node may carry: not negative, and below the limit. */
export const isSum = (value: bigint): boolean => value >= 0n && value < SUM_LIMIT;

/** @throws SumError when the sum leaves the range; nothing ever wraps. */
export function addSums(left: bigint, right: bigint): bigint {
  const sum = left + right;
  if (!isSum(left) || !isSum(right) || !isSum(sum)) throw new SumError('A sum is out of range.');
  return sum;
}

/** Writes a sum big-endian in {@link SUM_BYTES} bytes at a place. @throws SumError */
export function writeSum(target: Uint8Array, at: number, sum: bigint): void {
  if (!isSum(sum)) throw new SumError('A sum is out of range.');
  let rest = sum;
  for (let place = at + SUM_BYTES - 1; place >= at; place -= 1) {
    // Most sums end long before the field does; the rest of it is zero.
    target[place] = rest === 0n ? 0 : Number(rest & 0xffn);
    rest >>= 8n;
  }
}

/** The sum that {@link writeSum} wrote there. */
export function readSum(source: Uint8Array, at: number): bigint {
  let sum = 0n;
  for (let place = at; place < at + SUM_BYTES; place += 1)
    sum = (sum << 8n) | BigInt(source[place] ?? 0);
  return sum;
}
