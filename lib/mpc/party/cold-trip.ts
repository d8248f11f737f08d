/**
 * What a party with a network does for a cold one: it signs what stands at the head of a request,
 * says whether the session that waits for the answer is still there, and keeps how far the cold
 * party was seen.
 */
import { isColdIn } from '#lib/protocol/roster.ts';
import { publicKeyOf } from '../frost/group.ts';
import {
  signColdWord,
  verifyColdHeads,
  type SignedColdHeads,
  type SignedColdWord,
} from '../wire/cold-word.ts';
import type { RpcAnswer, RpcRequest } from '../wire/rpc.ts';
import { COLD_CEREMONY_LIFETIME } from './cold-lifetime.ts';
import { answer, membersInForce, noteRefusal, refuse, type Answer, type Party } from './party.ts';
import { findStale } from './signing-rounds.ts';
import { closeStaleSessions, type SigningSession } from './signing-session.ts';
import { standingOf } from './standing.ts';
import { coldHeadsOf, keepColdHeads } from './store/cold-records.ts';
import { findKey } from './store/keys.ts';
import { findTie } from './store/operations.ts';

/** The open session of a trip to this cold party, or null. */
function findTrip(party: Party, handle: string, to: string): SigningSession | null {
  closeStaleSessions(party);
  const session = party.sessions.get(handle);
  const isTheirs = session?.isTrip && session.quorum.some(({ name }) => name === to);
  return isTheirs ? session : null;
}

/**
 * Signs a word for one cold party on one trip: how far this party saw it, what is in force here,
 * and which open session the request is about.
 */
export function sayColdWord(
  party: Party,
  { to, trip, session: handle }: RpcRequest<'coldWord'>,
): Answer<SignedColdWord> {
  const { trust, config, identity } = party;
  if (!trust) return refuse('genesis-missing');
  if (!membersInForce(party, trust)) return refuse('party-not-in-roster');
  if (!isColdIn(trust.roster, to) || isColdIn(trust.roster, config.name))
    return refuse('cold-party-unknown');
  const session = handle === null ? null : findTrip(party, handle, to);
  if (handle !== null && !session) return refuse('trip-void');
  const now = party.now();
  const until = session?.endsAt ?? now.getTime() + COLD_CEREMONY_LIFETIME;
  const { organisation, environment } = trust.roster;
  return answer(
    signColdWord(identity, {
      type: 'countersign/cold-word/v1',
      organisation,
      environment,
      genesisDigest: trust.genesisDigest,
      from: config.name,
      to,
      trip,
      at: now.toISOString(),
      until: new Date(until).toISOString(),
      standing: standingOf(party),
      yours: coldHeadsOf(party.database, to),
      session: session && {
        nonce: session.nonce,
        decidedAt: new Date(session.decidedAt).toISOString(),
      },
    }),
  );
}

/** Whether a trip can still end well: its session is open, its signature is there, or it is void. */
export function stateOfTrip(
  party: Party,
  { session: handle, operation, messageDigest }: RpcRequest<'coldTrip'>,
): Answer<RpcAnswer<'coldTrip'>> {
  closeStaleSessions(party);
  const tie = findTie(party.database, operation, messageDigest);
  const record = tie && findKey(party.database, tie.key);
  if (tie?.signatures && record) {
    const { signatures } = tie;
    return answer({ state: 'signed', signatures, publicKey: publicKeyOf(record.group) });
  }
  const session = party.sessions.get(handle);
  if (!session?.isTrip || session.operation !== operation)
    return answer({ state: 'void', refusal: 'trip-void' });
  // Once the own share has left, whatever is said after may still end at a signature.
  const stale = session.released ? null : findStale(party, session);
  if (stale) return answer({ state: 'void', refusal: stale });
  return answer({ state: 'open', until: new Date(session.endsAt).toISOString() });
}

/**
 * Answers of two trips may come in the other order, so a shorter record alone says nothing. One that
 * is dated later, or as long and another, is that of a data folder that was put back.
 */
const isBehind = ({ heads: seen }: SignedColdHeads, { heads: known }: SignedColdHeads): boolean =>
  seen.record.length === known.record.length
    ? seen.record.head !== known.record.head
    : seen.record.length < known.record.length && seen.at > known.at;

/** Keeps how far a cold party has come, and refuses one that has come less far than before. */
export function hearColdHeads(
  party: Party,
  signed: SignedColdHeads,
): Answer<RpcAnswer<'coldHeads'>> {
  const { trust, database } = party;
  if (!trust) return refuse('genesis-missing');
  const { from, genesisDigest, record } = signed.heads;
  const entry = trust.roster.parties.find(({ name }) => name === from);
  const genuine =
    entry?.cold === true &&
    genesisDigest === trust.genesisDigest &&
    verifyColdHeads(entry.identityKey, signed);
  if (!genuine) return refuse('cold-heads-invalid');
  const known = coldHeadsOf(database, from);
  if (known && isBehind(signed, known)) {
    noteRefusal(party, null, null, 'cold-store-behind');
    return refuse('cold-store-behind', from);
  }
  const before = known?.heads.record.length ?? -1;
  if (record.length > before) keepColdHeads(database, signed);
  return answer({ length: Math.max(record.length, before) });
}
