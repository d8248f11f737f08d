import { secp256k1_hasher } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { lengthPrefixed } from '../../wire/tagged-hash.ts';
import { bitOf, joined } from '../bytes.ts';
import { Fn, Point, pointBytes, pointFrom, POINT, systemRandom } from '../scalars.ts';
import { finishNow } from '../steps.ts';
import { KEY, tiePoint, transferKey, TRANSFERS, type BatchId } from './instance.ts';
import { receiverFinish } from './receiver-finish.ts';
import { eraseReceiver, receiverMessage } from './receiver-message.ts';
import { senderAnswer } from './sender-answer.ts';

const batch: BatchId = { setUp: new Uint8Array(32).fill(7), sender: 1, receiver: 2 };

function transferred(of: { sender?: BatchId; receiver?: BatchId } = {}) {
  const receiver = of.receiver ?? batch;
  const opened = finishNow(receiverMessage(receiver));
  const answer = finishNow(senderAnswer(of.sender ?? batch, opened.message));
  if (!answer) throw new Error('refused');
  const keys = finishNow(receiverFinish(receiver, opened.secrets, opened.message, answer.message));
  if (!keys) throw new Error('refused');
  return { opened, answer, keys };
}

const keyAt = (keys: Uint8Array, index: number): string =>
  Buffer.from(keys.subarray(index * KEY, (index + 1) * KEY)).toString('hex');

const DST = 'countersign/dkls/base-ot/v1_secp256k1_XMD:SHA-256_SSWU_RO_';

const tieInput = (transfer: number, choice: number, other: Uint8Array): Uint8Array =>
  lengthPrefixed(
    'countersign/dkls/base-ot-tie/v1',
    batch.setUp,
    batch.sender,
    batch.receiver,
    transfer,
    choice,
    other,
  );

/** What one would take for the tie's logarithm, were it a multiple of G. */
const scalarsOf = (input: Uint8Array): bigint[] => [
  Fn.create(BigInt(`0x${Buffer.from(sha256(input)).toString('hex')}`)),
  secp256k1_hasher.hashToScalar(input, { DST }),
  secp256k1_hasher.hashToScalar(input),
];

describe('base OT', () => {
  const { opened, answer, keys } = transferred();
  const { choices } = opened.secrets;

  test('the receiver gets the key of its choice and not the other, 128 times', () => {
    for (let transfer = 0; transfer < TRANSFERS; transfer += 1) {
      const choice = bitOf(choices, transfer);
      expect(keyAt(keys, transfer)).toBe(keyAt(answer.keys, transfer * 2 + choice));
      expect(keyAt(keys, transfer)).not.toBe(keyAt(answer.keys, transfer * 2 + 1 - choice));
    }
  });

  test('all 256 keys and all 384 points are different', () => {
    const all = Array.from({ length: TRANSFERS * 2 }, (_, index) => keyAt(answer.keys, index));
    expect(new Set(all).size).toBe(TRANSFERS * 2);
    const points = [opened.message, answer.message].flatMap((message) =>
      Array.from({ length: message.length / POINT }, (_, index) =>
        Buffer.from(message.subarray(index * POINT, (index + 1) * POINT)).toString('hex'),
      ),
    );
    expect(new Set(points).size).toBe(TRANSFERS * 3);
  });

  test('choices are fresh for every batch and roughly as often 0 as 1', () => {
    const ones: number[] = [];
    const seen = new Set<string>();
    for (let run = 0; run < 64; run += 1) {
      const steps = receiverMessage(batch, (length) => {
        const bytes = systemRandom(length);
        if (length === TRANSFERS / 8) {
          seen.add(Buffer.from(bytes).toString('hex'));
          for (let bit = 0; bit < TRANSFERS; bit += 1) ones.push(bitOf(bytes, bit));
        }
        return bytes;
      });
      steps.next();
    }
    expect(seen.size).toBe(64);
    // 8192 fair coins: 6 standard deviations are 272, which happens once in 500 million runs.
    const sum = ones.reduce((total, bit) => total + bit, 0);
    expect(Math.abs(sum - 4_096)).toBeLessThan(272);
  });

  test('a transfer for another batch, direction or set-up shares no key', () => {
    const others: BatchId[] = [
      { ...batch, setUp: new Uint8Array(32).fill(8) },
      { ...batch, sender: 2, receiver: 1 },
      { ...batch, sender: 3 },
    ];
    for (const other of others) {
      const { answer: theirs, keys: mine } = transferred({ sender: other });
      const known = new Set(Array.from({ length: 256 }, (_, index) => keyAt(theirs.keys, index)));
      for (let index = 0; index < TRANSFERS; index += 1)
        expect(known.has(keyAt(mine, index))).toBe(false);
    }
  });

  test('the tie is RFC 9380 hash to curve, and no scalar of its input opens it', () => {
    const other = opened.message.slice(0, POINT);
    const of = { batch, transfer: 5, choice: 1, other };
    const input = tieInput(5, 1, other);
    const tie = tiePoint(of);
    expect(tie.equals(secp256k1_hasher.hashToCurve(input, { DST }))).toBe(true);
    for (const scalar of scalarsOf(input))
      expect(Point.BASE.multiply(scalar).equals(tie)).toBe(false);
  });

  test('a receiver that knows the logarithms of both its points still gets one key only', () => {
    // Where the tie is a hash times G, the other key is (logarithm + hash)·Y, and Y is sent.
    const logarithm = 123_456_789n;
    const tampered = opened.message.slice();
    const choice = bitOf(choices, 0);
    const mine = opened.secrets.exponents[0] ?? 0n;
    const other = pointBytes(Point.BASE.multiply(logarithm));
    const tie = tiePoint({ batch, transfer: 0, choice, other });
    const points: Uint8Array[] = [];
    points[choice] = pointBytes(Point.BASE.multiply(mine).subtract(tie));
    points[1 - choice] = other;
    tampered.set(joined(...points), 0);
    const sent = finishNow(senderAnswer(batch, tampered));
    if (!sent) throw new Error('refused');
    const firstAnswer = sent.message.slice(0, POINT);
    const keyOf = (which: number, exponent: bigint): string =>
      Buffer.from(
        transferKey({
          batch,
          transfer: 0,
          choice: which,
          points: joined(...points),
          answer: firstAnswer,
          shared: pointBytes(pointFrom(firstAnswer).multiply(exponent)),
        }),
      ).toString('hex');
    expect(keyOf(choice, mine)).toBe(keyAt(sent.keys, choice));
    const input = tieInput(0, 1 - choice, points[choice] ?? other);
    for (const guess of [0n, ...scalarsOf(input)])
      expect(keyOf(1 - choice, Fn.add(logarithm, guess))).not.toBe(keyAt(sent.keys, 1 - choice));
  });
});

describe('base OT refuses', () => {
  const opened = finishNow(receiverMessage(batch));
  const answer = finishNow(senderAnswer(batch, opened.message));
  if (!answer) throw new Error('refused');
  /** No x of a point of secp256k1: 5 is on its twist. */
  const offCurve = new Uint8Array(POINT);
  offCurve.set([2]);
  offCurve.set([5], 32);
  const tooLarge = new Uint8Array(POINT).fill(255);
  tooLarge.set([2]);

  const bad: [string, Uint8Array][] = [
    ['the identity', new Uint8Array(POINT)],
    ['a point off the curve', offCurve],
    ['an x that is not below the prime', tooLarge],
    ['an unknown prefix', Uint8Array.from(answer.message.slice(0, POINT)).fill(4, 0, 1)],
  ];

  test.each(bad)('%s from the receiver', (_, point) => {
    for (const place of [0, 1, 100, 255]) {
      const message = opened.message.slice();
      message.set(point, place * POINT);
      expect(finishNow(senderAnswer(batch, message))).toBeNull();
    }
  });

  test.each(bad)('%s from the sender', (_, point) => {
    for (const place of [0, 127]) {
      const message = answer.message.slice();
      message.set(point, place * POINT);
      expect(finishNow(receiverFinish(batch, opened.secrets, opened.message, message))).toBeNull();
    }
  });

  test('a point that opens to the identity', () => {
    const message = opened.message.slice();
    const other = message.slice(POINT, 2 * POINT);
    const tie = tiePoint({ batch, transfer: 0, choice: 0, other });
    message.set(pointBytes(tie.negate()), 0);
    expect(finishNow(senderAnswer(batch, message))).toBeNull();
  });

  test('a message of any other length', () => {
    for (const cut of [0, 33, opened.message.length - 1])
      expect(finishNow(senderAnswer(batch, opened.message.slice(0, cut)))).toBeNull();
    const long = new Uint8Array(answer.message.length + 1);
    long.set(answer.message);
    expect(finishNow(receiverFinish(batch, opened.secrets, opened.message, long))).toBeNull();
  });

  test('erasing leaves neither choices nor exponents', () => {
    const { secrets } = finishNow(receiverMessage(batch));
    eraseReceiver(secrets);
    expect(secrets.choices.every((byte) => byte === 0)).toBe(true);
    expect(secrets.exponents.every((exponent) => exponent === 0n)).toBe(true);
  });
});
