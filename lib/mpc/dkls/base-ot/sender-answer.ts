/** Second message of base OT: the sender's points, and both keys of every transfer. */
import {
  Point,
  pointBytes,
  pointFrom,
  POINT,
  randomScalar,
  systemRandom,
  timesBase,
  timesPoint,
  type Random,
} from '../scalars.ts';
import type { Steps } from '../steps.ts';
import {
  KEY,
  RECEIVER_MESSAGE,
  SENDER_MESSAGE,
  tiePoint,
  transferKey,
  TRANSFERS,
  type BatchId,
} from './instance.ts';

/**
 * One transfer a step, each with an exponent of its own.
 * @returns the message and 128 times both keys, or null when the receiver's message is not 256
 * points on the curve or one of them opens to the identity
 */
export function* senderAnswer(
  batch: BatchId,
  received: Uint8Array,
  random: Random = systemRandom,
): Steps<{ message: Uint8Array; keys: Uint8Array } | null> {
  if (received.length !== RECEIVER_MESSAGE) return null;
  const message = new Uint8Array(SENDER_MESSAGE);
  const keys = new Uint8Array(TRANSFERS * 2 * KEY);
  for (let transfer = 0; transfer < TRANSFERS; transfer += 1) {
    const start = transfer * 2 * POINT;
    const points = received.slice(start, start + 2 * POINT);
    const opened = openedPoints(batch, transfer, points);
    if (!opened) {
      keys.fill(0);
      return null;
    }
    const exponent = randomScalar(random);
    const answer = pointBytes(timesBase(exponent));
    message.set(answer, transfer * POINT);
    for (const [choice, point] of opened.entries()) {
      const shared = pointBytes(timesPoint(point, exponent));
      keys.set(
        transferKey({ batch, transfer, choice, points, answer, shared }),
        (transfer * 2 + choice) * KEY,
      );
      shared.fill(0);
    }
    yield;
  }
  return { message, keys };
}

/** Each point with the tie to the other added; null when they are no points or add up to nothing. */
function openedPoints(batch: BatchId, transfer: number, points: Uint8Array): [Point, Point] | null {
  const zero = points.subarray(0, POINT);
  const one = points.subarray(POINT);
  try {
    const opened: [Point, Point] = [
      pointFrom(zero).add(tiePoint({ batch, transfer, choice: 0, other: one })),
      pointFrom(one).add(tiePoint({ batch, transfer, choice: 1, other: zero })),
    ];
    return opened.some((point) => point.equals(Point.ZERO)) ? null : opened;
  } catch {
    return null;
  }
}
