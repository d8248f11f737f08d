/** Third message of a set-up: the answer to the peer's points. It leaves both keys of 128 transfers here. */
import { senderAnswer } from '../base-ot/sender-answer.ts';
import { equalBytes, wipe } from '../bytes.ts';
import { fault, type Fault } from '../faults.ts';
import { digestOf } from '../hash.ts';
import { OneTime } from '../one-time.ts';
import { systemRandom, type Random } from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { batchToPeer, eraseExchanged, type PairExchanged } from './exchange.ts';
import { readExchange, writeAnswer, type PairExchange } from './messages.ts';
import { halfCommitment } from './open.ts';
import { inOrder } from './subject.ts';

export type PairAnswered = PairExchanged & {
  /** Both keys of each transfer in which this side sends. */
  bothKeys: Uint8Array;
  zeroSeed: Uint8Array;
};

export const eraseAnswered = (of: PairAnswered): void => {
  eraseExchanged(of);
  wipe(of.bothKeys, of.zeroSeed);
};

/** Reads the peer's second message and holds its half against the commitment. */
function readHalf(
  of: PairExchanged,
  received: Uint8Array,
): { ok: true; fields: PairExchange } | Fault {
  const { self, peer } = of.subject;
  const theirs = readExchange(received, { from: peer.index, to: self.index, id: of.setUp });
  if (!theirs.ok) return theirs;
  const commitment = halfCommitment(of.base, peer.index, of.peerNonce, theirs.fields.half);
  return equalBytes(commitment, of.peerCommitment)
    ? theirs
    : fault('dkls-seed-unopened', peer.index);
}

/**
 * 128 steps of about 6 ms.
 * @param received the peer's second message
 */
export function* answerPair(
  state: OneTime<PairExchanged>,
  received: Uint8Array,
  random: Random = systemRandom,
): Steps<{ ok: true; message: Uint8Array; state: OneTime<PairAnswered> } | Fault> {
  const exchanged = state.take();
  const { subject, setUp } = exchanged;
  const theirs = readHalf(exchanged, received);
  if (!theirs.ok) {
    eraseExchanged(exchanged);
    return theirs;
  }
  const { half, points } = theirs.fields;
  const answer = yield* senderAnswer(batchToPeer(setUp, subject), points, random);
  if (!answer) {
    eraseExchanged(exchanged);
    return fault('dkls-message-malformed', subject.peer.index);
  }
  const message = writeAnswer(
    { from: subject.self.index, to: subject.peer.index, id: setUp },
    answer.message,
  );
  const next: PairAnswered = {
    ...exchanged,
    bothKeys: answer.keys,
    zeroSeed: digestOf(
      'countersign/dkls/zero-seed/v1',
      setUp,
      ...inOrder(subject, exchanged.half, half),
    ),
    sent: [...exchanged.sent, message],
    received: [...exchanged.received, received],
  };
  return { ok: true, message, state: new OneTime(next, eraseAnswered) };
}
