/**
 * What this party knows of the others, in memory: when each was last heard, what it held then, and
 * whether one of them has seen this party further than its own records go.
 */
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { Party } from './party.ts';
import { standingOf } from './standing.ts';

/** How long another party's word about what it holds counts, in milliseconds. */
const WORD_LIFETIME = 30_000;

export type PeerWord = {
  /** Stands for roster, policy, freezes and revocations in force there. */
  standing: string;
  heardAt: number;
  /** Its clock minus ours when it answered, in milliseconds. */
  clockSkew: number;
};

export type PeerState = {
  words: Map<string, PeerWord>;
  /** True once another party said, since the start, how far this one had come. */
  heard: boolean;
  /** The party that proved that this one's records go less far than they once did. */
  behind: string | null;
};

export const newPeerState = (): PeerState => ({ words: new Map(), heard: false, behind: null });

/** Parties that hold something else, by what they said a short while ago. */
export function differingPeers(party: Party): string[] {
  const now = party.now().getTime();
  const own = standingOf(party);
  return [...party.peers.words]
    .filter(([, word]) => now - word.heardAt <= WORD_LIFETIME && word.standing !== own)
    .map(([name]) => name)
    .sort();
}

export function peerStanding(party: Party): DecideInput['party']['peers'] {
  const { heard, behind } = party.peers;
  const differing = differingPeers(party);
  if (behind !== null) return { word: 'behind', differing };
  return { word: heard ? 'heard' : 'none-yet', differing };
}
