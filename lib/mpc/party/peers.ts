/**
 * What this party knows of the others, in memory: when each was last heard, what it held then, and
 * whether one of them has seen this party further than its own records go.
 */
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import type { RecordMark } from '../wire/peer-heads.ts';
import type { PeerSpend } from '../wire/peer-spends.ts';
import type { Inbox } from './inbox.ts';
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
  /** By its own clock, in milliseconds: what it said before is old news. */
  saidAt: number;
  /** It shows a record that is shorter than, or other than, the one it once had. */
  isSetBack: boolean;
};

export type PeerState = {
  words: Map<string, PeerWord>;
  /** True once another party said, since the start, how far this one had come. */
  heard: boolean;
  /** The party that proved that this one's records go less far than they once did. */
  behind: string | null;
  /** Peers that were not asked yet since the start; null before there are any. */
  unasked: Set<string> | null;
  /** Some peer told how far it had seen this one, and this one's record bears it out. */
  wasTold: boolean;
  /** By peer: how far it told that it had seen this party, where this party's record bears it out. */
  acknowledged: Map<string, RecordMark>;
  /** By peer: number of the last of its decrees that was looked at. */
  cursors: Map<string, number>;
  /** By peer: number of the last change that was heard in what it counts as let go. */
  spendCursors: Map<string, number>;
  /** By peer and operation: what it counts as let go. */
  spends: Map<string, Map<string, PeerSpend>>;
  /** By peer: for which waits, there and here, its page was read last. */
  waitsRead: Map<string, string>;
  /** What peers adopted and this party has not yet. */
  inbox: Inbox;
  /** Changes that were replaced here, by digest: never taken again, or a liar could keep two parties at it. */
  givenUp: Set<string>;
  /** Has a peer asked soon; does nothing until parties talk. */
  ask: (peer: string) => void;
};

export const newPeerState = (): PeerState => ({
  words: new Map(),
  heard: false,
  behind: null,
  unasked: null,
  wasTold: false,
  acknowledged: new Map(),
  cursors: new Map(),
  spendCursors: new Map(),
  spends: new Map(),
  waitsRead: new Map(),
  inbox: new Map(),
  givenUp: new Set(),
  ask: () => undefined,
});

/** A party that was put back holds something else than it once did, whatever it says now. */
export const holdsSame = (word: PeerWord, own: string): boolean =>
  word.standing === own && !word.isSetBack;

/** Whether a peer holds the same as this party, by what it last said; null where that is too old. */
export function agrees(party: Party, peer: string, own = standingOf(party)): boolean | null {
  const word = party.peers.words.get(peer);
  if (!word || party.now().getTime() - word.heardAt > WORD_LIFETIME) return null;
  return holdsSame(word, own);
}

/** Parties that hold something else, or were set back, by what they said a short while ago. */
export function differingPeers(party: Party): string[] {
  const own = standingOf(party);
  return [...party.peers.words.keys()].filter((name) => agrees(party, name, own) === false).sort();
}

export function peerStanding(party: Party): DecideInput['party']['peers'] {
  const { heard, behind } = party.peers;
  const differing = differingPeers(party);
  if (behind !== null) return { word: 'behind', differing };
  return { word: heard ? 'heard' : 'none-yet', differing };
}

/** What peers made known since a decision, and stops a share that would leave now. */
export function findPeerFault(party: Party): PartyRefusal | null {
  const { word, differing } = peerStanding(party);
  if (word === 'behind') return 'own-store-behind';
  return differing.length > 0 ? 'peer-heads-differ' : null;
}
