/** The sender's side of the extension (Alice): checks the message and gets the rows. */
import { KEY } from '../base-ot/instance.ts';
import { bitOf, wipe } from '../bytes.ts';
import {
  challengeOf,
  COLUMN,
  columnOf,
  COLUMNS,
  extensionName,
  folded,
  rowsOf,
  type ExtensionId,
  type ExtensionMessage,
} from './matrix.ts';
import { FIELD_BYTES, wordsAt, WORDS } from './field.ts';

export type SenderSecrets = {
  /** Δ: the choice in each base transfer, 16 bytes. */
  choices: Uint8Array;
  /** The key of that choice, 128 times 32 bytes. */
  keys: Uint8Array;
};

/** Column q_j = t_j ⊕ Δ_j·u_j, by a mask and not by a branch. */
function ownColumn(
  name: Uint8Array,
  secrets: SenderSecrets,
  masked: Uint8Array,
  index: number,
): Uint8Array {
  const column = columnOf(name, secrets.keys.subarray(index * KEY, (index + 1) * KEY), index);
  const mask = -bitOf(secrets.choices, index) & 0xff;
  for (let at = 0; at < COLUMN; at += 1)
    column[at] = (column[at] ?? 0) ^ ((masked[index * COLUMN + at] ?? 0) & mask);
  return column;
}

/**
 * Roy's check: for every column, q̃ = t̃ ⊕ Δ·x̃. All are compared before anything is decided, so the
 * answer is one bit, whatever was sent. That bit depends on Δ where the receiver cheated: after a
 * failure the pair is never used again.
 * @returns 416 rows of 16 bytes, or null when the check fails
 */
export function extendAsSender(
  id: ExtensionId,
  secrets: SenderSecrets,
  { masked, choiceProof, columnProof }: ExtensionMessage,
): Uint8Array | null {
  const name = extensionName(id);
  const challenge = challengeOf(name, masked);
  const proof = wordsAt(choiceProof, 0);
  const columns: Uint8Array[] = [];
  let difference = 0;
  for (let index = 0; index < COLUMNS; index += 1) {
    const column = ownColumn(name, secrets, masked, index);
    columns.push(column);
    const own = folded(column, challenge);
    const told = wordsAt(columnProof, index * FIELD_BYTES);
    const mask = -bitOf(secrets.choices, index);
    for (let at = 0; at < WORDS; at += 1)
      difference |= (own[at] ?? 0) ^ (told[at] ?? 0) ^ ((proof[at] ?? 0) & mask);
  }
  const rows = difference === 0 ? rowsOf(columns) : null;
  wipe(...columns);
  return rows;
}
