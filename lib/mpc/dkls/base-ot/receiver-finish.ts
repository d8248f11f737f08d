/** End of base OT: the receiver's one key of every transfer. */
import { bitOf } from '../bytes.ts';
import { pointBytes, pointFrom, POINT, timesPoint, type Point } from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { KEY, SENDER_MESSAGE, transferKey, TRANSFERS, type BatchId } from './instance.ts';
import type { ReceiverSecrets } from './receiver-message.ts';

function pointOrNull(bytes: Uint8Array): Point | null {
  try {
    return pointFrom(bytes);
  } catch {
    return null;
  }
}

/**
 * One transfer a step.
 * @param sent the receiver's own message
 * @returns 128 keys, or null when the sender's message is not 128 points on the curve (the identity is none)
 */
export function* receiverFinish(
  batch: BatchId,
  secrets: ReceiverSecrets,
  sent: Uint8Array,
  received: Uint8Array,
): Steps<Uint8Array | null> {
  if (received.length !== SENDER_MESSAGE) return null;
  const keys = new Uint8Array(TRANSFERS * KEY);
  for (const [transfer, exponent] of secrets.exponents.entries()) {
    const answer = received.slice(transfer * POINT, (transfer + 1) * POINT);
    const point = pointOrNull(answer);
    if (!point) {
      keys.fill(0);
      return null;
    }
    const shared = pointBytes(timesPoint(point, exponent));
    const start = transfer * 2 * POINT;
    keys.set(
      transferKey({
        batch,
        transfer,
        choice: bitOf(secrets.choices, transfer),
        points: sent.slice(start, start + 2 * POINT),
        answer,
        shared,
      }),
      transfer * KEY,
    );
    shared.fill(0);
    yield;
  }
  return keys;
}
