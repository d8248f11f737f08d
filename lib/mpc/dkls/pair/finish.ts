/** End of a set-up: own keys of the other 128 transfers, and the pair's state. */
import { receiverFinish } from '../base-ot/receiver-finish.ts';
import { eraseReceiver } from '../base-ot/receiver-message.ts';
import { wipe } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { digestOf } from '../hash.ts';
import type { OneTime } from '../one-time.ts';
import type { Steps } from '../steps.ts';
import { eraseAnswered, type PairAnswered } from './answer.ts';
import { batchToSelf } from './exchange.ts';
import { readAnswer } from './messages.ts';
import { PairState } from './state.ts';
import { inOrder } from './subject.ts';

/** Hash of everything both sides sent: the same on both, unless one of them saw something else. */
function pairIdOf(of: PairAnswered, lastReceived: Uint8Array): Uint8Array {
  const [lower, higher] = inOrder(of.subject, of.sent, [...of.received, lastReceived]);
  return digestOf('countersign/dkls/pair/v1', of.setUp, ...lower, ...higher);
}

/**
 * 128 steps of about 3 ms. Both sides then have to compare the pair's id, in signed messages, before
 * they keep the state: two ids mean that somebody saw other messages than were sent.
 * @param received the peer's third message
 */
export function* finishPair(
  state: OneTime<PairAnswered>,
  received: Uint8Array,
): Steps<{ ok: true; pair: PairState } | Fault> {
  const answered = state.take();
  const { subject, setUp } = answered;
  const { self, peer } = subject;
  const theirs = readAnswer(received, { from: peer.index, to: self.index, id: setUp });
  if (!theirs.ok) {
    eraseAnswered(answered);
    return theirs;
  }
  const chosenKeys = yield* receiverFinish(
    batchToSelf(setUp, subject),
    answered.choices,
    answered.points,
    theirs.fields,
  );
  if (!chosenKeys) {
    eraseAnswered(answered);
    return fault('dkls-message-malformed', peer.index);
  }
  const pair = new PairState(subject, pairIdOf(answered, received), {
    delta: answered.choices.choices.slice(),
    chosenKeys,
    bothKeys: answered.bothKeys,
    zeroSeed: answered.zeroSeed,
  });
  wipe(answered.half);
  eraseReceiver(answered.choices);
  return { ok: true, pair };
}
