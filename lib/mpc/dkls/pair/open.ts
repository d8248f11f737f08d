/** First message of a set-up: a fresh nonce and a commitment to a half of the zero-share seed. */
import { wipe } from '../bytes.ts';
import { digestOf } from '../hash.ts';
import { OneTime } from '../one-time.ts';
import { systemRandom, type Random } from '../scalars.ts';
import { writeOpening, type PairOpening } from './messages.ts';
import { pairBase, type PairSubject } from './subject.ts';

export type PairOpened = {
  subject: PairSubject;
  base: Uint8Array;
  half: Uint8Array;
  opening: PairOpening;
};

/** The half is 32 random bytes, so its hash hides it; the index keeps it from being sent back. */
export const halfCommitment = (
  base: Uint8Array,
  index: number,
  nonce: Uint8Array,
  half: Uint8Array,
): Uint8Array => digestOf('countersign/dkls/seed-half/v1', base, index, nonce, half);

/** @returns the message to the peer, and what the next step takes. */
export function openPair(
  subject: PairSubject,
  random: Random = systemRandom,
): { message: Uint8Array; state: OneTime<PairOpened> } {
  const base = pairBase(subject);
  const nonce = random(32);
  const half = random(32);
  const { self, peer } = subject;
  const opening = { nonce, commitment: halfCommitment(base, self.index, nonce, half) };
  return {
    message: writeOpening({ from: self.index, to: peer.index, id: base }, opening),
    state: new OneTime({ subject, base, half, opening }, (secrets) => wipe(secrets.half)),
  };
}
