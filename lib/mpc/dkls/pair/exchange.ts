/** Second message of a set-up: the half is shown, and own choices are hidden in 256 points. */
import type { BatchId } from '../base-ot/instance.ts';
import {
  eraseReceiver,
  receiverMessage,
  type ReceiverSecrets,
} from '../base-ot/receiver-message.ts';
import { wipe } from '../bytes.ts';
import type { Fault } from '../faults.ts';
import { OneTime } from '../one-time.ts';
import { systemRandom, type Random } from '../scalars.ts';
import type { Steps } from '../steps.ts';
import { readOpening, writeExchange } from './messages.ts';
import type { PairOpened } from './open.ts';
import { pairSetUp, type PairSubject } from './subject.ts';

export type PairExchanged = {
  subject: PairSubject;
  base: Uint8Array;
  setUp: Uint8Array;
  half: Uint8Array;
  /** Nonce and commitment that the peer sent. */
  peerNonce: Uint8Array;
  peerCommitment: Uint8Array;
  choices: ReceiverSecrets;
  /** Own 256 points. */
  points: Uint8Array;
  /** Own messages so far, for the transcript. */
  sent: Uint8Array[];
  received: Uint8Array[];
};

export const eraseExchanged = (of: PairExchanged): void => {
  wipe(of.half);
  eraseReceiver(of.choices);
};

/** The batch in which the peer sends, and this side chooses. */
export const batchToSelf = (setUp: Uint8Array, { self, peer }: PairSubject): BatchId => ({
  setUp,
  sender: peer.index,
  receiver: self.index,
});

/** The batch in which this side sends. */
export const batchToPeer = (setUp: Uint8Array, { self, peer }: PairSubject): BatchId => ({
  setUp,
  sender: self.index,
  receiver: peer.index,
});

/**
 * 128 steps of about 2 ms.
 * @param received the peer's first message
 */
export function* exchangePair(
  state: OneTime<PairOpened>,
  received: Uint8Array,
  random: Random = systemRandom,
): Steps<{ ok: true; message: Uint8Array; state: OneTime<PairExchanged> } | Fault> {
  const { subject, base, half, opening } = state.take();
  const { self, peer } = subject;
  const theirs = readOpening(received, { from: peer.index, to: self.index, id: base });
  if (!theirs.ok) {
    wipe(half);
    return theirs;
  }
  const { nonce: peerNonce, commitment: peerCommitment } = theirs.fields;
  const setUp = pairSetUp(subject, base, { self: opening.nonce, peer: peerNonce });
  const { message: points, secrets } = yield* receiverMessage(batchToSelf(setUp, subject), random);
  const message = writeExchange({ from: self.index, to: peer.index, id: setUp }, { half, points });
  const next: PairExchanged = {
    subject,
    base,
    setUp,
    half,
    peerNonce,
    peerCommitment,
    choices: secrets,
    points,
    sent: [opening.nonce, opening.commitment, message],
    received: [peerNonce, peerCommitment],
  };
  return { ok: true, message, state: new OneTime(next, eraseExchanged) };
}
