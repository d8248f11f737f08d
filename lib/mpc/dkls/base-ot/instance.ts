/**
 * Endemic oblivious transfer (Masny and Rindal 2019, over Diffie–Hellman, in the two-message form
 * that McQuoid, Rosulek and Roy 2021 analyse): the sender ends with two keys for each of 128
 * transfers, the receiver with the one of its choice. What both sides compute alike is here.
 */
import { secp256k1_hasher } from '@noble/curves/secp256k1.js';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { digestOf } from '../hash.ts';
import { POINT, type Point } from '../scalars.ts';

/** Transfers of a batch: the computational security parameter. */
export const TRANSFERS = 128;
/** Bytes of a key. */
export const KEY = 32;
/** Bytes of the receiver's message (two points a transfer) and of the sender's (one). */
export const RECEIVER_MESSAGE = TRANSFERS * 2 * POINT;
export const SENDER_MESSAGE = TRANSFERS * POINT;

/** A batch: one set-up of one pair in one direction. The set-up's id is fresh each time. */
export type BatchId = { setUp: Uint8Array; sender: number; receiver: number };

const partsOf = ({ setUp, sender, receiver }: BatchId): [Uint8Array, number, number] => [
  setUp,
  sender,
  receiver,
];

/**
 * The point that ties one of the receiver's two points to the other: hash to curve of RFC 9380,
 * whose discrete logarithm nobody knows. A hash times the generator would be no such point: both
 * sides could compute the receiver's bits and the sender's other keys.
 */
export function tiePoint(of: {
  batch: BatchId;
  transfer: number;
  choice: number;
  other: Uint8Array;
}): Point {
  return secp256k1_hasher.hashToCurve(
    lengthPrefixed(
      'countersign/dkls/base-ot-tie/v1',
      ...partsOf(of.batch),
      of.transfer,
      of.choice,
      of.other,
    ),
    { DST: 'countersign/dkls/base-ot/v1_secp256k1_XMD:SHA-256_SSWU_RO_' },
  );
}

/** The key of one choice in one transfer, bound to all that both sent for it. */
export function transferKey(of: {
  batch: BatchId;
  transfer: number;
  choice: number;
  /** The receiver's two points as sent. */
  points: Uint8Array;
  /** The sender's point as sent. */
  answer: Uint8Array;
  /** The Diffie–Hellman point, compressed. */
  shared: Uint8Array;
}): Uint8Array {
  return digestOf(
    'countersign/dkls/base-ot-key/v1',
    ...partsOf(of.batch),
    of.transfer,
    of.choice,
    of.points,
    of.answer,
    of.shared,
  );
}
