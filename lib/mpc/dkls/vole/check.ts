/** The two hashes of the multiplication's check, which both sides compute. */
import { digestOf } from '../hash.ts';
import { hashToScalars, ORDER, scalarsBytes } from '../scalars.ts';
import { extensionName, ROWS, type ExtensionId } from '../extension/matrix.ts';
import { at, CHECKS, INPUTS, type Pair } from './gadget.ts';

/** θ: for each column of the check a weight for each input, from all that Alice sent for the rows. */
export type Weights = [Pair, Pair];

/** @param corrections ã as sent: 1664 scalars, 53,248 bytes */
export function weightsOf(id: ExtensionId, corrections: Uint8Array): Weights {
  const [a = 0n, b = 0n, c = 0n, d = 0n] = hashToScalars(
    'countersign/dkls/theta/v1',
    INPUTS * CHECKS,
    extensionName(id),
    corrections,
  );
  return [
    [a, b],
    [c, d],
  ];
}

/**
 * What the check looks at, row by row: the check's column plus the weighted inputs of the row.
 * @param list four scalars a row
 * @param less subtracted from each, by row and column of the check
 */
export function checkValues(
  list: readonly bigint[],
  weights: Weights,
  less: (row: number, column: number) => bigint,
): bigint[] {
  const values: bigint[] = [];
  for (let row = 0; row < ROWS; row += 1)
    for (const [column, [first, second]] of weights.entries()) {
      const value =
        at(list, row, INPUTS + column) +
        first * at(list, row, 0) +
        second * at(list, row, 1) +
        (ORDER - less(row, column));
      values.push(value % ORDER);
    }
  return values;
}

/** μ: 32 bytes over all the check's values. */
export const checkDigest = (id: ExtensionId, values: readonly bigint[]): Uint8Array =>
  digestOf('countersign/dkls/mu/v1', extensionName(id), scalarsBytes(values));
