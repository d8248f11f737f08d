/** What a pair is for, and the ids that bind each of its messages to that (docs/decisions/0025). */
import { digestOf } from '../hash.ts';

export type PairMember = {
  /** Number in the roster, from 1; also the place of its share on the polynomial. */
  index: number;
  name: string;
  /** Ed25519 key that signs its envelopes, 32 bytes as hex. */
  identityKey: string;
};

/** Two holders of one key in one epoch, from the side of one of them. */
export type PairSubject = {
  key: string;
  epoch: number;
  /** Public key of the group before derivation, compressed, as hex. */
  groupKey: string;
  self: PairMember;
  peer: PairMember;
};

const partsOf = ({ index, name, identityKey }: PairMember): [number, string, string] => [
  index,
  name,
  identityKey,
];

/** The member with the lower index first, so that both sides hash the same. */
export function inOrder<T>(of: PairSubject, self: T, peer: T): [T, T] {
  return of.self.index < of.peer.index ? [self, peer] : [peer, self];
}

/**
 * Id of the first messages, before anybody's nonce is known: 32 bytes, the same on both sides.
 * @throws when both members are one, or an index is none
 */
export function pairBase(of: PairSubject): Uint8Array {
  const indexes = [of.self.index, of.peer.index];
  if (indexes.some((index) => !Number.isInteger(index) || index < 1 || index > 16))
    throw new Error('An index is a whole number from 1 to 16.');
  if (of.self.index === of.peer.index) throw new Error('A pair has two members.');
  const [lower, higher] = inOrder(of, of.self, of.peer);
  return digestOf(
    'countersign/dkls/pair-base/v1',
    of.key,
    of.epoch,
    of.groupKey,
    ...partsOf(lower),
    ...partsOf(higher),
  );
}

/** Id of one set-up: the base and a fresh nonce of each side. It names the session of base OT. */
export function pairSetUp(
  of: PairSubject,
  base: Uint8Array,
  nonces: { self: Uint8Array; peer: Uint8Array },
): Uint8Array {
  return digestOf(
    'countersign/dkls/pair-set-up/v1',
    base,
    ...inOrder(of, nonces.self, nonces.peer),
  );
}
