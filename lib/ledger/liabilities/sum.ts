/** Sums in a liabilities tree: what the books can hold, in one fixed-width spelling for hashing. */

/** The books keep amounts as numeric(78,0), so every sum stays below this. */
export const SUM_LIMIT = 10n ** 78n;

/** Bytes that hold any sum below the limit (78 decimal digits are 260 bits), in whole 64-bit parts. */
export const SUM_BYTES = 40;

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

const LIMB_BYTES = 8;

/** Writes a sum big-endian in {@link SUM_BYTES} bytes at a place. @throws SumError */
export function writeSum(target: Uint8Array, at: number, sum: bigint): void {
  if (!isSum(sum)) throw new SumError('A sum is out of range.');
  const view = new DataView(target.buffer, target.byteOffset + at, SUM_BYTES);
  let rest = sum;
  for (let place = SUM_BYTES - LIMB_BYTES; place >= 0; place -= LIMB_BYTES, rest >>= 64n)
    view.setBigUint64(place, rest & 0xffff_ffff_ffff_ffffn);
}

/** The sum that {@link writeSum} wrote there. */
export function readSum(source: Uint8Array, at: number): bigint {
  const view = new DataView(source.buffer, source.byteOffset + at, SUM_BYTES);
  let sum = 0n;
  for (let place = 0; place < SUM_BYTES; place += LIMB_BYTES)
    sum = (sum << 64n) | view.getBigUint64(place);
  return sum;
}
