/**
 * The end of a key ceremony, in two phases: a party confirms the share it stored once all echoes
 * agree, and may use it only once every member has confirmed its own.
 */
import { publicKeyOf } from '../frost/group.ts';
import { everyone, openRound, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { ceremonyEcho } from '../wire/payloads.ts';
import {
  ceremonies,
  headerOf,
  openCeremonyRound,
  type CeremonySession,
} from './ceremony-session.ts';
import { findTaken } from './ceremony-taken.ts';
import { raiseMarks } from './marks.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import { answer, note, peersOf, refuse, shareOf, type Answer, type Party } from './party.ts';
import { activateKey, confirmKey, dropUnconfirmed, findKey } from './store/keys.ts';

const CONFIRM_ROUND = 4;

/**
 * Round 3 in, round 4 out: all saw the same, so the share stays. Works from the stored share, so
 * also after a restart, in a session that a new decision opened; asked again it answers the same.
 */
export function confirmCeremony(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const record = findKey(party.database, request.key);
  if (record?.confirmation) return answer({ envelope: record.confirmation });
  const session = ceremonies.find(party, request.key, 'reveal', 'confirm');
  if (typeof session === 'string') return refuse(session);
  if (record?.intentDigest !== session.intentDigest) return refuse('ceremony-unknown');
  const { ceremony, operation, intentDigest } = record;
  const opened = openCeremonyRound(party, session, request.envelopes, {
    round: 3,
    ceremony,
    to: everyone,
    payload: ceremonyEcho,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const echo = { transcript: record.transcript, publicKey: publicKeyOf(record.group) };
  const agreed = [...opened.messages.values()].every(
    ({ payload }) => payload.transcript === echo.transcript && payload.publicKey === echo.publicKey,
  );
  if (!agreed) return forgetCeremony(party, session);
  if (party.trust?.rosterHead !== session.rosterHead)
    return ceremonies.abort(party, session, 'trust-changed', null);
  const taken = findTaken(party, record);
  if (taken) return ceremonies.abort(party, session, taken, null);
  const header = headerOf(session, ceremony, CONFIRM_ROUND, everyone);
  const envelope = sealEnvelope(party.identity, header, echo);
  party.database.commit(() => {
    confirmKey(party.database, party.kek, party.config.name, record, envelope, party.now());
    note(party, { event: 'ceremony-prepared', operation, digest: intentDigest });
  });
  party.register = null;
  raiseMarks(party);
  ceremonies.drop(party, request.key);
  return answer({ envelope });
}

/** The parties did not see the same, so nobody can ever confirm this share. */
function forgetCeremony(party: Party, session: CeremonySession): ReturnType<typeof refuse> {
  dropUnconfirmed(party.database, session.intent.key);
  party.register = null;
  return ceremonies.abort(party, session, 'ceremony-equivocation', null);
}

/** All confirmations in: the key may be used. Works from the store, so also after a restart. */
export function activateCeremony(party: Party, request: KeyRequest): Answer<{ publicKey: string }> {
  const record = findKey(party.database, request.key);
  if (!record) return refuse('ceremony-unknown');
  if (record.state === 'unconfirmed') return refuse('ceremony-out-of-step');
  const publicKey = publicKeyOf(record.group);
  if (record.state === 'usable') return answer({ publicKey });
  const opened = openRound(request.envelopes, {
    ceremony: record.ceremony,
    key: record.key,
    epoch: record.epoch,
    round: CONFIRM_ROUND,
    seq: CONFIRM_ROUND,
    to: everyone,
    senders: peersOf(party, record.members),
    payload: ceremonyEcho,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  for (const { from, payload } of opened.messages.values())
    if (payload.transcript !== record.transcript || payload.publicKey !== publicKey)
      return refuse('ceremony-equivocation', from);
  const taken = findTaken(party, record);
  if (taken) return refuse(taken);
  // A live ceremony for the same key must not outlive the key's completion.
  ceremonies.drop(party, record.key);
  const { operation, intentDigest: digest } = record;
  party.database.commit(() => {
    activateKey(party.database, party.kek, party.config.name, record, party.now());
    note(party, { event: 'key-usable', operation, digest });
  });
  party.register = null;
  raiseMarks(party);
  shareOf(party, { ...record, state: 'usable' });
  party.log('key-usable', { key: record.key, publicKey });
  return answer({ publicKey });
}
