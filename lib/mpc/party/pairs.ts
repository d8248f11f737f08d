/**
 * What this party keeps with each other holder of a key of suite DKLs23 (decision 25): set up, used,
 * and destroyed for the rest of the epoch at the first failed check.
 */
import type { DklsRefusal } from '../dkls/faults.ts';
import { parsePair, type PairState } from '../dkls/pair/state.ts';
import type { PairSubject } from '../dkls/pair/subject.ts';
import { publicKeyOf } from '../frost/group.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { toHex } from '../wire/encoding.ts';
import { orStop, raiseRecordMark } from './marks.ts';
import { note, type Party } from './party.ts';
import { SealError } from './seal.ts';
import { closeSessionsWith } from './signing-session.ts';
import { flushErased } from './store/epochs.ts';
import type { KeyRecord } from './store/keys.ts';
import { listPairs, openPairSecret, putPair, type PairRecord } from './store/pairs.ts';

const nameOf = ({ key, epoch, ceremony }: KeyRecord, peer: string): string =>
  `${key} ${epoch} ${ceremony} ${peer}`;

/** @throws when this party or the peer is not a member of the key. */
export function pairSubjectOf(party: Party, record: KeyRecord, peer: string): PairSubject {
  const member = (name: string): Member => {
    const found = record.members.find((candidate) => candidate.name === name);
    if (!found) throw new Error('A pair has two members of the key.');
    return found;
  };
  const { key, epoch, group } = record;
  const [self, other] = [member(party.config.name), member(peer)];
  return { key, epoch, groupKey: publicKeyOf(group), self, peer: other };
}

export const pairsOf = (party: Party, record: KeyRecord): PairRecord[] =>
  listPairs(party.database, party.kek, party.config.name, record);

export const findPair = (party: Party, record: KeyRecord, peer: string): PairRecord | null =>
  pairsOf(party, record).find((pair) => pair.peer === peer) ?? null;

/** Why the party can't sign with one of these peers; null where it has a pair with each. */
export function findPairFault(
  party: Party,
  record: KeyRecord,
  peers: readonly string[],
): { refusal: Refusal; peer: string } | null {
  const pairs = pairsOf(party, record);
  for (const peer of peers) {
    const state = pairs.find((pair) => pair.peer === peer)?.state;
    if (state === 'banned') return { refusal: 'pair-banned', peer };
    if (state !== 'set-up' && state !== 'used') return { refusal: 'pair-missing', peer };
  }
  return null;
}

/** Keeps a new pair. The caller has seen that none was used or destroyed in this epoch. */
export function keepPair(party: Party, record: KeyRecord, peer: string, pair: PairState): void {
  const { database, kek, config } = party;
  const { key, epoch, ceremony } = record;
  const secret = pair.serialise();
  const kept: PairRecord = { key, epoch, ceremony, peer, id: toHex(pair.id), state: 'set-up' };
  try {
    database.commit(() => putPair(database, kek, config.name, kept, secret, party.now()));
  } finally {
    secret.fill(0);
  }
  forgetPair(party, record, peer);
  party.pairs.set(nameOf(record, peer), pair);
}

/**
 * The state of a pair, opened once per process: it remembers the sessions that it entered.
 * @throws SealError when it doesn't open or belongs elsewhere.
 */
function openPairOf(party: Party, record: KeyRecord, pair: PairRecord): PairState {
  const known = party.pairs.get(nameOf(record, pair.peer));
  if (known) return known;
  const secret = openPairSecret(party.database, party.kek, party.config.name, pair);
  const opened = parsePair(secret, pairSubjectOf(party, record, pair.peer));
  secret.fill(0);
  if (!opened || toHex(opened.id) !== pair.id) throw new SealError();
  party.pairs.set(nameOf(record, pair.peer), opened);
  return opened;
}

/**
 * The pairs for a signature, which from this commit on are used: it comes before the first message that
 * rests on them leaves.
 * @throws where one is missing, banned, or doesn't open.
 */
export function enterPairs(
  party: Party,
  record: KeyRecord,
  peers: readonly Member[],
): Map<number, PairState> {
  const { database, kek, config } = party;
  const stored = pairsOf(party, record);
  const opened = peers.map(({ name, index }) => {
    const pair = stored.find(({ peer }) => peer === name);
    if (!pair) throw new Error('A pair with every signer was found before.');
    return { index, pair, state: openPairOf(party, record, pair) };
  });
  const fresh = opened.filter(({ pair }) => pair.state === 'set-up');
  if (fresh.length > 0)
    database.commit(() => {
      for (const { pair, state } of fresh) {
        const secret = state.serialise();
        putPair(database, kek, config.name, { ...pair, state: 'used' }, secret, party.now());
        secret.fill(0);
      }
    });
  return new Map(opened.map(({ index, state }) => [index, state]));
}

/** Erases an opened state from memory. */
export function forgetPair(party: Party, record: KeyRecord, peer: string): void {
  party.pairs.get(nameOf(record, peer))?.erase();
  party.pairs.delete(nameOf(record, peer));
}

/**
 * Destroys the pair for the rest of the epoch, in memory and in the store, before anybody is answered.
 * Open sessions with that party are closed.
 * @throws where it can't be written down; the party then does nothing more, so that no ban is forgotten.
 */
export function banPair(
  party: Party,
  record: KeyRecord,
  peer: string,
  of: { operation: string; digest: string; refusal: DklsRefusal },
): void {
  const { database, kek, config } = party;
  closeSessionsWith(party, record.key, peer);
  // Erased but still known, so that nobody opens the stored one again before it is gone there too.
  party.pairs.get(nameOf(record, peer))?.erase();
  const pair = findPair(party, record, peer);
  if (pair && pair.state !== 'banned') {
    orStop(party, () => {
      database.commit(() => {
        putPair(database, kek, config.name, { ...pair, state: 'banned' }, null, party.now());
        note(party, { event: 'pair-banned', ...of });
      });
      flushErased(database);
    });
    raiseRecordMark(party);
  }
  forgetPair(party, record, peer);
  party.log('pair-banned', { key: record.key, peer, refusal: of.refusal });
  party.onNews();
}

/**
 * Gives all pairs of a key up, where this party's share of it was repaired: what its store knew of used
 * and banned ones may be lost. The next epoch has new ones. Joins the caller's commit.
 */
export function giveUpPairs(party: Party, record: KeyRecord): void {
  const { database, kek, config } = party;
  const { key, epoch, ceremony, members } = record;
  const stored = pairsOf(party, record);
  for (const { name: peer } of members) {
    if (peer === config.name) continue;
    const before = stored.find((pair) => pair.peer === peer);
    if (before?.state === 'banned') continue;
    const id = before?.id ?? '0'.repeat(64);
    const gone: PairRecord = { key, epoch, ceremony, peer, id, state: 'given-up' };
    putPair(database, kek, config.name, gone, null, party.now());
  }
}
