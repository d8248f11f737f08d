/** What a peer proves about this party itself: how far it once had come. */
import { sameMark, verifyHeads, type HeadsAnswer } from '../wire/peer-heads.ts';
import { note, type Party } from './party.ts';
import type { Peer } from './peer-entries.ts';
import { auditHashAt } from './store/audit.ts';
import type { Trust } from './store/trust.ts';

/** Whether the proof is one: this party's own words to this peer, and the ones the answer names. */
export function isProof(
  party: Party,
  trust: Trust,
  peer: Peer,
  { heads, yours }: HeadsAnswer,
): boolean {
  const { exchange } = heads.heads;
  if (exchange.is !== 'answer') return false;
  if (yours === null) return exchange.seen === null;
  const { party: name, to, genesisDigest, audit } = yours.heads;
  return (
    sameMark(exchange.seen, audit) &&
    name === party.config.name &&
    to === peer.name &&
    genesisDigest === trust.genesisDigest &&
    verifyHeads(party.identity.identityKey, yours)
  );
}

function findBehind(party: Party, peer: Peer): void {
  if (party.peers.behind !== null) return;
  party.peers.behind = peer.name;
  note(party, { event: 'own-store-behind', refusal: peer.name });
  party.log('own-store-behind', { peer: peer.name });
}

/** The word of a party that was itself set back proves what it proves, and is no all-clear. */
export function takeOwnMark(party: Party, peer: Peer, { heads, yours }: HeadsAnswer): void {
  const { peers, database } = party;
  const mark = yours?.heads.audit ?? null;
  const isHeld = mark === null || auditHashAt(database, mark.length) === mark.head;
  if (!isHeld) findBehind(party, peer);
  else if (mark) peers.acknowledged.set(peer.name, mark);
  else peers.acknowledged.delete(peer.name);
  if (isHeld && heads.heads.word !== 'behind') peers.wasTold = true;
}
