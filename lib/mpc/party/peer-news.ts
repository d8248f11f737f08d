/** Whether a peer holds something that this party has not looked at. */
import type { SignedHeads } from '../wire/peer-heads.ts';
import type { Party } from './party.ts';
import type { Peer } from './peer-entries.ts';
import { waitsDigest } from './waiting-changes.ts';

/** The changes that wait there and here, in one text; each pair is read about once. */
export const waitsPair = (party: Party, { heads }: SignedHeads): string =>
  `${heads.waits} ${waitsDigest(party)}`;

export function hasNews(party: Party, peer: Peer, signed: SignedHeads): boolean {
  const { cursors, waitsRead } = party.peers;
  if (signed.heads.decrees > (cursors.get(peer.name) ?? 0)) return true;
  const pair = waitsPair(party, signed);
  return signed.heads.waits !== waitsDigest(party) && waitsRead.get(peer.name) !== pair;
}
