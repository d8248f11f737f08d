/** Alice's side of the multiplication: one message, and her shares of the products. */
import { padsOf } from '../extension/pads.ts';
import { ROWS, type ExtensionId } from '../extension/matrix.ts';
import {
  ORDER,
  randomScalar,
  scalarsBytes,
  SCALAR,
  systemRandom,
  type Random,
} from '../scalars.ts';
import { checkDigest, checkValues, weightsOf } from './check.ts';
import { CHECKS, INPUTS, weighted, type Pair } from './gadget.ts';

export const CORRECTIONS = ROWS * (INPUTS + CHECKS) * SCALAR;

export type ProductMessage = {
  /** ã: 416 times 4 scalars, 53,248 bytes. */
  corrections: Uint8Array;
  /** η: 2 scalars, 64 bytes. */
  checkSums: Uint8Array;
  /** μ: 32 bytes. */
  digest: Uint8Array;
};

/**
 * @param of.rows what the extension left Alice with; `of.delta` its Δ
 * @param of.inputs a, two scalars
 * @returns c: her shares of the products
 */
export function multiplyAsAlice(
  id: ExtensionId,
  of: { rows: Uint8Array; delta: Uint8Array; inputs: Pair },
  random: Random = systemRandom,
): { message: ProductMessage; shares: Pair } {
  const zero = padsOf(id, of.rows);
  const one = padsOf(id, of.rows, of.delta);
  const masks: Pair = [randomScalar(random), randomScalar(random)];
  const added = [...of.inputs, ...masks];
  const corrected = zero.map(
    (pad, index) =>
      (pad + ORDER - (one[index] ?? 0n) + (added[index % added.length] ?? 0n)) % ORDER,
  );
  const corrections = scalarsBytes(corrected);
  const weights = weightsOf(id, corrections);
  const [first, second] = of.inputs;
  const checkSums = weights.map(
    ([forFirst, forSecond], column) =>
      ((masks[column] ?? 0n) + forFirst * first + forSecond * second) % ORDER,
  );
  const digest = checkDigest(
    id,
    checkValues(zero, weights, () => 0n),
  );
  const [c0, c1] = weighted(zero);
  zero.fill(0n);
  one.fill(0n);
  return {
    message: { corrections, checkSums: scalarsBytes(checkSums), digest },
    shares: [(ORDER - c0) % ORDER, (ORDER - c1) % ORDER],
  };
}
