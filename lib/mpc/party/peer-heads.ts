/** Checks that what arrived was said by a party of the roster in force, to this one. */
import type { Refusal } from '../refusals.ts';
import { verifyHeads, type SignedHeads } from '../wire/peer-heads.ts';
import type { Party } from './party.ts';
import { findPeer, type Peer } from './peer-entries.ts';
import type { Trust } from './store/trust.ts';

/** What every document between two parties says about itself. */
export type Addressed = { party: string; to: string; genesisDigest: string };

/** @param isGenuine looks at the signature, under the key that the roster names. */
export function findSpeaker(
  party: Party,
  trust: Trust,
  said: Addressed,
  isGenuine: (identityKey: string) => boolean,
): { peer: Peer } | { refusal: Refusal } {
  const peer = findPeer(party, said.party);
  if (!peer || said.to !== party.config.name || !isGenuine(peer.key))
    return { refusal: 'peer-unauthentic' };
  return said.genesisDigest === trust.genesisDigest
    ? { peer }
    : { refusal: 'peer-genesis-differs' };
}

/** How far the clock of who asks for decrees or counts may be off, in milliseconds. */
const CLOCK_TOLERANCE = 300_000;

/** Whether a question was asked just now: nobody who sends an old one again reads anything. */
export const isFresh = (party: Party, clock: string): boolean =>
  Math.abs(Date.parse(clock) - party.now().getTime()) <= CLOCK_TOLERANCE;

export const speakerOf = (
  party: Party,
  trust: Trust,
  signed: SignedHeads,
): ReturnType<typeof findSpeaker> =>
  findSpeaker(party, trust, signed.heads, (key) => verifyHeads(key, signed));
