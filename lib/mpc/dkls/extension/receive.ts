/** The receiver's side of the extension (Bob): one message, no answer needed. */
import { KEY } from '../base-ot/instance.ts';
import { wipe } from '../bytes.ts';
import { systemRandom, type Random } from '../scalars.ts';
import {
  challengeOf,
  CHOICES,
  COLUMN,
  columnOf,
  COLUMNS,
  extensionName,
  folded,
  rowsOf,
  type ExtensionId,
  type ExtensionMessage,
} from './matrix.ts';
import { bytesOfWords, FIELD_BYTES } from './field.ts';

export type ReceiverRows = {
  /** 416 choices, 52 bytes. */
  choices: Uint8Array;
  /** Row t_i for each: 416 times 16 bytes. */
  rows: Uint8Array;
};

/**
 * @param keys both keys of each base transfer, 128 times 64 bytes
 * @returns the message and the rows; the rows of the sender are the same where the choice is 0, and
 * differ by its Δ where it is 1
 */
export function extendAsReceiver(
  id: ExtensionId,
  keys: Uint8Array,
  random: Random = systemRandom,
): { message: ExtensionMessage; secrets: ReceiverRows } {
  const name = extensionName(id);
  // The last 208 choices blind the proof of the others and are used for nothing else.
  const chosen = random(COLUMN);
  const zeros: Uint8Array[] = [];
  const masked = new Uint8Array(COLUMNS * COLUMN);
  for (let column = 0; column < COLUMNS; column += 1) {
    const start = column * 2 * KEY;
    const zero = columnOf(name, keys.subarray(start, start + KEY), column);
    const one = columnOf(name, keys.subarray(start + KEY, start + 2 * KEY), column);
    for (let at = 0; at < COLUMN; at += 1)
      masked[column * COLUMN + at] = (zero[at] ?? 0) ^ (one[at] ?? 0) ^ (chosen[at] ?? 0);
    zeros.push(zero);
    wipe(one);
  }
  const challenge = challengeOf(name, masked);
  const columnProof = new Uint8Array(COLUMNS * FIELD_BYTES);
  for (const [index, column] of zeros.entries())
    columnProof.set(bytesOfWords(folded(column, challenge)), index * FIELD_BYTES);
  const choiceProof = bytesOfWords(folded(chosen, challenge));
  const rows = rowsOf(zeros);
  const choices = chosen.slice(0, CHOICES);
  wipe(chosen, ...zeros);
  return { message: { masked, choiceProof, columnProof }, secrets: { choices, rows } };
}
