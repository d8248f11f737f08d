/**
 * Random vector OLE: Alice holds a (two scalars), Bob ends with a random b, and both with shares of
 * the products, c + d = a·b. Bob's b is a sum over his 416 choices, weighted by public numbers.
 */
import { hashToScalars, ORDER } from '../scalars.ts';
import { bitOf } from '../bytes.ts';
import { ROWS } from '../extension/matrix.ts';
import { PAD } from '../extension/pads.ts';

/** Inputs of Alice: her share of the nonce and her share of the key. */
export const INPUTS = 2;
/** Columns of the check. */
export const CHECKS = 2;
if (INPUTS + CHECKS !== PAD) throw new Error('A pad has a scalar for every input and every check.');

export type Pair = [bigint, bigint];

let weights: readonly bigint[] | null = null;

/** g: 416 public scalars out of a hash; the same for everybody, always. */
export function gadget(): readonly bigint[] {
  weights ??= hashToScalars('countersign/dkls/gadget/v1', ROWS);
  return weights;
}

/** A scalar of a list of four a row. */
export const at = (list: readonly bigint[], row: number, column: number): bigint => {
  const scalar = list[row * PAD + column];
  if (scalar === undefined) throw new Error('The list has four scalars for each row.');
  return scalar;
};

/** Σ g_j·list_j for both inputs. */
export function weighted(list: readonly bigint[]): Pair {
  const sums: Pair = [0n, 0n];
  for (const [row, weight] of gadget().entries()) {
    sums[0] += weight * at(list, row, 0);
    sums[1] += weight * at(list, row, 1);
  }
  return [sums[0] % ORDER, sums[1] % ORDER];
}

/** b = Σ g_j·β_j. */
export function chosenScalar(choices: Uint8Array): bigint {
  let sum = 0n;
  for (const [row, weight] of gadget().entries()) sum += weight * BigInt(bitOf(choices, row));
  return sum % ORDER;
}
