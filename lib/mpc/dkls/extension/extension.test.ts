import { describe, expect, test } from 'vitest';
import { bitOf, equalBytes } from '../bytes.ts';
import { systemRandom } from '../scalars.ts';
import { cheatInColumn } from '../testing/cheat.ts';
import { dealTransfers } from '../testing/transfers.ts';
import {
  columnOf,
  COLUMNS,
  extensionName,
  ROW,
  ROWS,
  type ExtensionId,
  type ExtensionMessage,
} from './matrix.ts';
import { PAD, padsOf } from './pads.ts';
import { extendAsReceiver } from './receive.ts';
import { extendAsSender } from './send.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

const fresh = (): ExtensionId => ({
  session: systemRandom(32),
  pair: new Uint8Array(32).fill(1),
  receiver: 1,
  sender: 2,
});

const { receiverKeys, senderSecrets } = dealTransfers();
const delta = senderSecrets.choices;

const rowAt = (rows: Uint8Array, row: number): Uint8Array =>
  rows.subarray(row * ROW, (row + 1) * ROW);

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('OT extension', () => {
  const id = fresh();
  const { message, secrets } = extendAsReceiver(id, receiverKeys);
  const rows = extendAsSender(id, senderSecrets, message);
  if (!rows) throw new Error('refused');

  test('rows are equal where the choice is 0 and differ by Δ where it is 1', () => {
    for (let row = 0; row < ROWS; row += 1) {
      const theirs = rowAt(rows, row).map(
        (byte, at) => byte ^ (bitOf(secrets.choices, row) === 1 ? (delta[at] ?? 0) : 0),
      );
      expect(equalBytes(rowAt(secrets.rows, row), theirs)).toBe(true);
    }
  });

  test('the receiver has the pad of its choice and not the other', () => {
    const mine = padsOf(id, secrets.rows);
    const zero = padsOf(id, rows);
    const one = padsOf(id, rows, delta);
    for (let at = 0; at < ROWS * PAD; at += 1) {
      const chosen = bitOf(secrets.choices, Math.floor(at / PAD)) === 1;
      expect(mine[at]).toBe(chosen ? one[at] : zero[at]);
      expect(mine[at]).not.toBe(chosen ? zero[at] : one[at]);
    }
    expect(new Set([...zero, ...one]).size).toBe(2 * ROWS * PAD);
  });

  test('equal rows give different pads, and so do session, pair and direction', () => {
    const same = new Uint8Array(ROWS * ROW);
    const all = [
      id,
      { ...id, session: systemRandom(32) },
      { ...id, pair: systemRandom(32) },
      { ...id, receiver: 2, sender: 1 },
    ].flatMap((of) => padsOf(of, same));
    expect(new Set(all).size).toBe(all.length);
  });

  test('no two extensions share a stream, unless the session is repeated', () => {
    const key = receiverKeys.slice(0, 32);
    const streams = [id, fresh(), { ...id, receiver: 2, sender: 1 }].flatMap((of) =>
      [0, 1].map((column) => Buffer.from(columnOf(extensionName(of), key, column)).toString('hex')),
    );
    expect(new Set(streams).size).toBe(streams.length);
    expect(columnOf(extensionName(id), key, 0)).toEqual(columnOf(extensionName({ ...id }), key, 0));
  });

  test('choices are roughly as often 0 as 1', () => {
    let ones = 0;
    for (let run = 0; run < 20; run += 1) {
      const { choices } = extendAsReceiver(fresh(), receiverKeys).secrets;
      for (let row = 0; row < ROWS; row += 1) ones += bitOf(choices, row);
    }
    // 8320 fair coins: 6 standard deviations are 274.
    expect(Math.abs(ones - 4_160)).toBeLessThan(274);
  });

  test('the message of another session or direction is refused', () => {
    expect(extendAsSender(fresh(), senderSecrets, message)).toBeNull();
    expect(extendAsSender({ ...id, pair: systemRandom(32) }, senderSecrets, message)).toBeNull();
    expect(extendAsSender({ ...id, receiver: 2, sender: 1 }, senderSecrets, message)).toBeNull();
  });

  test('a flipped bit anywhere in the message is refused', () => {
    const places = isLong ? 2_000 : 150;
    for (let run = 0; run < places; run += 1) {
      const spot = Math.floor((run / places) * (message.masked.length + 26 + 3_328) * 8);
      expect(extendAsSender(id, senderSecrets, withFlip(message, spot))).toBeNull();
    }
  });
});

/** Counts bits through the three fields of the message. */
function withFlip(message: ExtensionMessage, bit: number): ExtensionMessage {
  const maskedBits = message.masked.length * 8;
  const choiceBits = message.choiceProof.length * 8;
  if (bit < maskedBits) return { ...message, masked: flipped(message.masked, bit) };
  const rest = bit - maskedBits;
  if (rest < choiceBits) return { ...message, choiceProof: flipped(message.choiceProof, rest) };
  return { ...message, columnProof: flipped(message.columnProof, rest - choiceBits) };
}

/** A receiver's message that cheats in one column. */
const cheating = (id: ExtensionId, column: number): ExtensionMessage =>
  cheatInColumn(id, receiverKeys, extendAsReceiver(id, receiverKeys).message, column);

describe('selective failure', () => {
  test('a receiver that cheats in one column learns that bit of Δ from the outcome, and only that', () => {
    for (const column of [0, 1, 2, 3, 60, 126, 127]) {
      const id = fresh();
      const passed = extendAsSender(id, senderSecrets, cheating(id, column)) !== null;
      expect(passed).toBe(bitOf(delta, column) === 0);
    }
  });

  test('128 tolerated failures would be the whole of Δ: this is why one is the last', () => {
    const guessed = new Uint8Array(ROW);
    for (let column = 0; column < COLUMNS; column += 1) {
      const id = fresh();
      if (extendAsSender(id, senderSecrets, cheating(id, column)) === null)
        guessed[column >> 3] = (guessed[column >> 3] ?? 0) | (1 << (column & 7));
    }
    expect(guessed).toEqual(delta);
  });
});
