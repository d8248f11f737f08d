/**
 * OT extension: SoftSpokenOT (Roy 2022) with k = 1, which is the matrix of Ishai, Kilian, Nissim and
 * Petrank with Roy's check. 128 columns, one for each base transfer, of 624 rows: 416 for a
 * multiplication, and a block of 208 that is given up to the check.
 */
import { TRANSFERS } from '../base-ot/instance.ts';
import { digestOf, expand } from '../hash.ts';
import { FIELD_BITS, FIELD_BYTES, multiplierOf, wordsAt, WORDS, addProduct } from './field.ts';
import type { Multiplier } from './field.ts';

/**
 * Transfers that come out: 256 + 2·80, as many bits as a scalar and 160 more, so that what a cheating
 * Alice may learn of single choices leaves the number made from all of them uniform to 2^-80.
 */
export const ROWS = 416;
export const COLUMNS = TRANSFERS;
/** Bytes of a column: two blocks of rows and the one of the check. */
export const COLUMN = 3 * FIELD_BYTES;
/** Bytes of a row: a bit of each column. */
export const ROW = COLUMNS / 8;
/** Bytes of the choices that count. */
export const CHOICES = ROWS / 8;

if (ROWS !== 2 * FIELD_BITS) throw new Error('The rows must fill two blocks.');

/** Who extends with whom and for what: the session (fresh each time), the pair, the direction. */
export type ExtensionId = {
  session: Uint8Array;
  pair: Uint8Array;
  /** Index of the party that holds both keys of each base transfer and gets one of each pair. */
  receiver: number;
  /** Index of the party that holds Δ. */
  sender: number;
};

/** What a receiver sends: U, then the two parts of its proof. */
export type ExtensionMessage = {
  /** 128 columns of 78 bytes. */
  masked: Uint8Array;
  /** x̃, 26 bytes. */
  choiceProof: Uint8Array;
  /** t̃, 128 times 26 bytes. */
  columnProof: Uint8Array;
};

/** One short name for all of it, so that what is hashed often stays short: 32 bytes. */
export const extensionName = ({ session, pair, receiver, sender }: ExtensionId): Uint8Array =>
  digestOf('countersign/dkls/extension/v1', session, pair, receiver, sender);

/** A base key stretched to a column, for this extension only: 78 bytes. */
export const columnOf = (name: Uint8Array, key: Uint8Array, column: number): Uint8Array =>
  expand('countersign/dkls/column/v1', COLUMN, name, column, key);

/** The two factors of the check, from all that the receiver masked (Fiat and Shamir). */
export function challengeOf(name: Uint8Array, masked: Uint8Array): [Multiplier, Multiplier] {
  const bytes = expand('countersign/dkls/challenge/v1', 2 * FIELD_BYTES, name, masked);
  return [multiplierOf(wordsAt(bytes, 0)), multiplierOf(wordsAt(bytes, FIELD_BYTES))];
}

/** χ₁·block₁ + χ₂·block₂ + block₃ of a column of 78 bytes: 7 words. */
export function folded(column: Uint8Array, [first, second]: [Multiplier, Multiplier]): Uint32Array {
  const sum = new Uint32Array(WORDS);
  sum.set(wordsAt(column, 2 * FIELD_BYTES));
  addProduct(sum, first, wordsAt(column, 0));
  addProduct(sum, second, wordsAt(column, FIELD_BYTES));
  return sum;
}

/** The first 416 rows of the columns: 16 bytes each. */
export function rowsOf(columns: readonly Uint8Array[]): Uint8Array {
  const rows = new Uint8Array(ROWS * ROW);
  for (const [index, column] of columns.entries()) {
    const at = index >> 3;
    const place = index & 7;
    for (let row = 0; row < ROWS; row += 1) {
      const bit = ((column[row >> 3] ?? 0) >> (row & 7)) & 1;
      const target = row * ROW + at;
      rows[target] = (rows[target] ?? 0) | (bit << place);
    }
  }
  return rows;
}
