/**
 * Rows made into pads: each row is hashed under the extension's name and its own number, so that
 * equal rows, or rows of another session, pair or direction, give pads that have nothing in common.
 */
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { wipe } from '../bytes.ts';
import { shake } from '../hash.ts';
import { reduceWide, WIDE } from '../scalars.ts';
import { extensionName, ROW, ROWS, type ExtensionId } from './matrix.ts';

/** Scalars in a pad: two inputs and two columns of the multiplication's check. */
export const PAD = 4;

/**
 * Four scalars for each of the 416 rows, row by row.
 * @param shift exclusive-ored to each row: the sender's Δ, for the pads of choice 1
 */
export function padsOf(id: ExtensionId, rows: Uint8Array, shift?: Uint8Array): bigint[] {
  const length = PAD * WIDE;
  // The same encoding as everywhere, made once; only its last two parts change from row to row.
  const input = lengthPrefixed(
    'countersign/dkls/pad/v1',
    length,
    extensionName(id),
    new Uint8Array(4),
    new Uint8Array(ROW),
  );
  const rowAt = input.length - ROW;
  const numberAt = rowAt - 4 - 4;
  const view = new DataView(input.buffer);
  const pads: bigint[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    view.setUint32(numberAt, row);
    for (let at = 0; at < ROW; at += 1)
      input[rowAt + at] = (rows[row * ROW + at] ?? 0) ^ (shift?.[at] ?? 0);
    const wide = shake(input, length);
    for (let scalar = 0; scalar < PAD; scalar += 1) pads.push(reduceWide(wide, scalar * WIDE));
    wipe(wide);
  }
  wipe(input);
  return pads;
}
