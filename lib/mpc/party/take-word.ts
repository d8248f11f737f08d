/** What a peer's verified words change in what this party knows of it. */
import type { RecordMark, SignedHeads } from '../wire/peer-heads.ts';
import { raiseFurthest } from './furthest.ts';
import { noteBounded, type Party } from './party.ts';
import type { Peer } from './peer-entries.ts';
import type { PeerWord } from './peers.ts';

/** A record that is shorter than it once was, or of the same length and another. */
const isLower = (shown: RecordMark, once: RecordMark | null): boolean =>
  once !== null &&
  (shown.length < once.length || (shown.length === once.length && shown.head !== once.head));

function keepWord(party: Party, peer: Peer, { heads }: SignedHeads, isSetBack: boolean): void {
  const now = party.now().getTime();
  const saidAt = Date.parse(heads.clock);
  const was = party.peers.words.get(peer.name)?.isSetBack ?? false;
  party.peers.words.set(peer.name, {
    standing: heads.standing,
    heardAt: now,
    clockSkew: saidAt - now,
    saidAt,
    isSetBack,
  });
  if (was === isSetBack) return;
  // What it tells is now of another copy of its records, and numbered alike: read from the start.
  party.peers.cursors.delete(peer.name);
  party.peers.spendCursors.delete(peer.name);
  party.log(isSetBack ? 'peer-set-back' : 'peer-came-back', { peer: peer.name });
  if (isSetBack) noteBounded(party, { event: 'peer-set-back', refusal: peer.name });
}

/** What was known when the question went out; words that came meanwhile are newer than the answer. */
export type Before = { furthest: RecordMark | null; word: PeerWord | undefined };

/** @param signed answers this party's own question, so it is fresh. */
export function takeAnswer(party: Party, peer: Peer, signed: SignedHeads, before: Before): void {
  raiseFurthest(party, peer, signed);
  const { audit, word, clock } = signed.heads;
  const latest = party.peers.words.get(peer.name);
  const isOvertaken = latest !== before.word && latest && latest.saidAt > Date.parse(clock);
  if (isOvertaken) return;
  keepWord(party, peer, signed, word === 'behind' || isLower(audit, before.furthest));
}

/**
 * A question may be an old one, sent again by somebody else: it counts only where it is newer than
 * an answer, and never shows that its speaker was set back.
 */
export function takeQuestion(party: Party, peer: Peer, signed: SignedHeads): void {
  raiseFurthest(party, peer, signed);
  const latest = party.peers.words.get(peer.name);
  if (latest && Date.parse(signed.heads.clock) > latest.saidAt)
    keepWord(party, peer, signed, latest.isSetBack);
}
