/**
 * How far each other party was ever seen. It is raised only by words that show that their speaker
 * knows what is on record here and goes on from there: a party whose store was put back, and has
 * grown since in another way, can't put its new record in the place of the one that proves it.
 */
import { sameMark, verifyHeads, type SignedHeads } from '../wire/peer-heads.ts';
import type { Peer } from './peer-entries.ts';
import type { Party } from './party.ts';
import { StoreError } from './store/database.ts';
import { findFurthest, keepFurthest } from './store/peers.ts';

/** @throws StoreError when what is stored was not said by this peer. */
export function furthestOf(party: Party, peer: Peer): SignedHeads | null {
  const stored = findFurthest(party.database, peer.name);
  const genuine = !stored || (stored.heads.party === peer.name && verifyHeads(peer.key, stored));
  if (genuine) return stored;
  throw new StoreError('What other parties once said was changed outside the party.');
}

/** @param signed by this peer, verified. */
export function raiseFurthest(party: Party, peer: Peer, signed: SignedHeads): void {
  const before = furthestOf(party, peer);
  const { audit, acknowledged, word } = signed.heads;
  const goesOn =
    word !== 'behind' &&
    sameMark(acknowledged, before?.heads.audit ?? null) &&
    audit.length > (before?.heads.audit.length ?? 0);
  if (goesOn) keepFurthest(party.database, signed, party.now());
}
