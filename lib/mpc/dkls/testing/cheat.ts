/**
 * The best known cheat against OT extension: other choices in one column, proved as if nothing were.
 * It passes where that bit of Δ is 0, for then the sender never uses what was changed, and fails
 * where it is 1.
 */
import { KEY } from '../base-ot/instance.ts';
import { bytesOfWords, FIELD_BYTES } from '../extension/field.ts';
import {
  challengeOf,
  COLUMN,
  columnOf,
  COLUMNS,
  extensionName,
  folded,
  type ExtensionId,
  type ExtensionMessage,
} from '../extension/matrix.ts';

/** @param honest the message that `keys` (both of each base transfer) led to */
export function cheatInColumn(
  id: ExtensionId,
  keys: Uint8Array,
  honest: ExtensionMessage,
  column: number,
): ExtensionMessage {
  const name = extensionName(id);
  const streams = (index: number): [Uint8Array, Uint8Array] => {
    const start = index * 2 * KEY;
    return [
      columnOf(name, keys.subarray(start, start + KEY), index),
      columnOf(name, keys.subarray(start + KEY, start + 2 * KEY), index),
    ];
  };
  const [zero, one] = streams(0);
  const chosen = honest.masked
    .slice(0, COLUMN)
    .map((byte, at) => byte ^ (zero[at] ?? 0) ^ (one[at] ?? 0));
  const masked = honest.masked.slice();
  const spot = column * COLUMN;
  masked[spot] = (masked[spot] ?? 0) ^ 8;
  const challenge = challengeOf(name, masked);
  const columnProof = new Uint8Array(COLUMNS * FIELD_BYTES);
  for (let index = 0; index < COLUMNS; index += 1)
    columnProof.set(bytesOfWords(folded(streams(index)[0], challenge)), index * FIELD_BYTES);
  return { masked, choiceProof: bytesOfWords(folded(chosen, challenge)), columnProof };
}
