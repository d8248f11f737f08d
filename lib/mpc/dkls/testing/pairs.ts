/** Pairs for tests: set up by the protocol, or dealt at once where the set-up is not the matter. */
import type { Fault } from '../faults.ts';
import { answerPair } from '../pair/answer.ts';
import { exchangePair } from '../pair/exchange.ts';
import { finishPair } from '../pair/finish.ts';
import { openPair } from '../pair/open.ts';
import { PairState } from '../pair/state.ts';
import type { PairMember, PairSubject } from '../pair/subject.ts';
import { systemRandom } from '../scalars.ts';
import { finishNow } from '../steps.ts';
import { dealTransfers } from './transfers.ts';

export const member = (index: number): PairMember => ({
  index,
  name: `party-${index}`,
  identityKey: String(index).padStart(64, '0'),
});

export const subjectOf = (self: number, peer: number, groupKey = '02'): PairSubject => ({
  key: 'key-1',
  epoch: 1,
  groupKey,
  self: member(self),
  peer: member(peer),
});

export const flip = (subject: PairSubject): PairSubject => ({
  ...subject,
  self: subject.peer,
  peer: subject.self,
});

export function must<T extends { ok: true }>(outcome: T | Fault): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
  return outcome;
}

/** Both sides of a set-up, message by message. */
export function setUpPair(subject: PairSubject): {
  pairs: [PairState, PairState];
  messages: Uint8Array[];
} {
  const [a, b] = [openPair(subject), openPair(flip(subject))];
  const [a2, b2] = [
    must(finishNow(exchangePair(a.state, b.message))),
    must(finishNow(exchangePair(b.state, a.message))),
  ];
  const [a3, b3] = [
    must(finishNow(answerPair(a2.state, b2.message))),
    must(finishNow(answerPair(b2.state, a2.message))),
  ];
  const pairs: [PairState, PairState] = [
    must(finishNow(finishPair(a3.state, b3.message))).pair,
    must(finishNow(finishPair(b3.state, a3.message))).pair,
  ];
  const messages = [a, b, a2, b2, a3, b3].map(({ message }) => message);
  return { pairs, messages };
}

/** The same outcome from an honest dealer. */
export function dealPair(subject: PairSubject): [PairState, PairState] {
  const [there, back] = [dealTransfers(), dealTransfers()];
  const id = systemRandom(32);
  const zeroSeed = systemRandom(32);
  return [
    new PairState(subject, id, {
      delta: there.senderSecrets.choices,
      chosenKeys: there.senderSecrets.keys,
      bothKeys: back.receiverKeys,
      zeroSeed: zeroSeed.slice(),
    }),
    new PairState(flip(subject), id, {
      delta: back.senderSecrets.choices,
      chosenKeys: back.senderSecrets.keys,
      bothKeys: there.receiverKeys,
      zeroSeed,
    }),
  ];
}
