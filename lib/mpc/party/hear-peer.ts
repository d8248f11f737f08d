/** What this party says about itself to others, and what it makes of what they say. */
import type { RosterParty } from '#lib/protocol/roster.ts';
import {
  signHeads,
  verifyHeads,
  type HeadsAnswer,
  type SignedPeerHeads,
} from '../wire/peer-heads.ts';
import { note, type Party } from './party.ts';
import { standingOf } from './standing.ts';
import { auditHashAt, latestAudit } from './store/audit.ts';
import { lastDecree } from './store/decrees.ts';
import { furthestOf, keepFurthest } from './store/peers.ts';

/** The other parties of the roster that have a network. */
export function peersByRoster(party: Party): RosterParty[] {
  return (party.trust?.roster.parties ?? []).filter(
    ({ name, cold, origin }) => name !== party.config.name && cold !== true && origin !== undefined,
  );
}

/** @returns null before a genesis is pinned. */
export function ownHeads(party: Party): SignedPeerHeads | null {
  const { trust, database } = party;
  if (!trust) return null;
  const [last] = latestAudit(database, 1);
  return signHeads(party.identity, {
    type: 'countersign/peer-heads/v1',
    party: party.config.name,
    genesisDigest: trust.genesisDigest,
    roster: { version: trust.roster.version, head: trust.rosterHead },
    policy: { version: trust.policy.version, head: trust.policyHead },
    standing: standingOf(party),
    audit: { length: last?.seq ?? 0, head: last?.hash ?? '0'.repeat(64) },
    decrees: lastDecree(database),
    clock: party.now().toISOString(),
  });
}

/** True when the other party was once seen further, or elsewhere, than it now says it is. */
function isSetBack(before: SignedPeerHeads | null, now: SignedPeerHeads): boolean {
  if (!before) return false;
  const [was, is] = [before.heads.audit, now.heads.audit];
  return is.length < was.length || (is.length === was.length && is.head !== was.head);
}

/**
 * Takes a party's heads: what it holds now, and the furthest it was seen.
 * @returns false for heads that are not of a party of the roster, under this genesis.
 */
export function hearHeads(party: Party, signed: SignedPeerHeads): boolean {
  const { trust, database } = party;
  const { heads } = signed;
  const peer = peersByRoster(party).find(({ name }) => name === heads.party);
  const genuine =
    trust !== null &&
    peer !== undefined &&
    heads.genesisDigest === trust.genesisDigest &&
    verifyHeads(peer.identityKey, signed);
  if (!genuine) return false;
  const now = party.now();
  const setBack = isSetBack(furthestOf(database, heads.party), signed);
  const known = party.peers.words.get(heads.party);
  const word = {
    // A party that was put back holds something else than it once did, whatever it says now.
    standing: setBack ? 'set-back' : heads.standing,
    heardAt: now.getTime(),
    clockSkew: Date.parse(heads.clock) - now.getTime(),
  };
  party.peers.words.set(heads.party, word);
  if (setBack) {
    if (known?.standing !== 'set-back') {
      note(party, { event: 'peer-set-back' });
      party.log('peer-set-back', { peer: heads.party });
    }
    return true;
  }
  keepFurthest(database, signed, now);
  return true;
}

/**
 * Takes an answer to the own heads. What the other party shows of this one carries this one's own
 * signature, so nobody can make it seem further than it was.
 */
export function hearAnswer(
  party: Party,
  peer: RosterParty,
  { heads, yours }: HeadsAnswer,
): boolean {
  if (heads.heads.party !== peer.name || !hearHeads(party, heads)) return false;
  if (yours !== null) {
    const own = yours.heads;
    const genuine =
      own.party === party.config.name &&
      own.genesisDigest === party.trust?.genesisDigest &&
      verifyHeads(party.identity.identityKey, yours);
    if (!genuine) return false;
    const { length, head } = own.audit;
    const [last] = latestAudit(party.database, 1);
    const isBehind =
      length > (last?.seq ?? 0) || (length > 0 && auditHashAt(party.database, length) !== head);
    if (isBehind && party.peers.behind === null) {
      party.peers.behind = peer.name;
      note(party, { event: 'own-store-behind' });
      party.log('own-store-behind', { peer: peer.name });
    }
  }
  party.peers.heard = true;
  return true;
}
