/**
 * The three messages of a set-up. Each begins with its kind, sender, recipient and the id that it
 * belongs to, so that none passes for one of another step, direction, set-up, epoch or key. They
 * carry secrets (the second one), so they travel encrypted to the recipient and signed.
 */
import { RECEIVER_MESSAGE, SENDER_MESSAGE } from '../base-ot/instance.ts';
import { equalBytes, joined, readExactly, type FieldReader } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';

const HEADER = 3 + 32;
/** Bytes of each message. */
export const PAIR_MESSAGE = {
  open: HEADER + 32 + 32,
  exchange: HEADER + 32 + RECEIVER_MESSAGE,
  answer: HEADER + SENDER_MESSAGE,
} as const;

const KINDS = { open: 0x11, exchange: 0x12, answer: 0x13 } as const;
type Kind = keyof typeof KINDS;

export type PairHeader = { from: number; to: number; id: Uint8Array };

const headerBytes = (kind: Kind, { from, to, id }: PairHeader): Uint8Array =>
  joined(Uint8Array.of(KINDS[kind], from, to), id);

/** @returns the fields behind a header that is exactly the expected one. */
function readPair<T>(
  kind: Kind,
  bytes: Uint8Array,
  expected: PairHeader,
  read: (reader: FieldReader) => T,
): { ok: true; fields: T } | Fault {
  const message = readExactly(bytes, PAIR_MESSAGE[kind], (reader) => ({
    header: reader.take(HEADER),
    fields: read(reader),
  }));
  if (!message) return fault('dkls-message-malformed', expected.from);
  if (!equalBytes(message.header, headerBytes(kind, expected)))
    return fault('dkls-session-foreign', expected.from);
  return { ok: true, fields: message.fields };
}

/** A fresh nonce, and the commitment to a half of the seed. */
export type PairOpening = { nonce: Uint8Array; commitment: Uint8Array };

export const writeOpening = (header: PairHeader, of: PairOpening): Uint8Array =>
  joined(headerBytes('open', header), of.nonce, of.commitment);

export const readOpening = (bytes: Uint8Array, expected: PairHeader) =>
  readPair('open', bytes, expected, (reader): PairOpening => ({
    nonce: reader.take(32),
    commitment: reader.take(32),
  }));

/** The half of the seed, and the receiver's message of base OT. */
export type PairExchange = { half: Uint8Array; points: Uint8Array };

export const writeExchange = (header: PairHeader, of: PairExchange): Uint8Array =>
  joined(headerBytes('exchange', header), of.half, of.points);

export const readExchange = (bytes: Uint8Array, expected: PairHeader) =>
  readPair('exchange', bytes, expected, (reader): PairExchange => ({
    half: reader.take(32),
    points: reader.take(RECEIVER_MESSAGE),
  }));

/** The sender's message of base OT. */
export const writeAnswer = (header: PairHeader, points: Uint8Array): Uint8Array =>
  joined(headerBytes('answer', header), points);

export const readAnswer = (bytes: Uint8Array, expected: PairHeader) =>
  readPair('answer', bytes, expected, (reader) => reader.take(SENDER_MESSAGE));
