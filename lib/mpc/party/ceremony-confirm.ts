/**
 * The end of a key ceremony, in two phases: a party stores its share once all echoes agree, and may
 * use it only once every member has confirmed that it stored its own.
 */
import { publicKeyOf } from '../frost/group.ts';
import { everyone, openRound, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { ceremonyEcho } from '../wire/payloads.ts';
import {
  FIRST_EPOCH,
  abortCeremony,
  dropCeremony,
  findSession,
  headerOf,
  openCeremonyRound,
} from './ceremony-session.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import {
  answer,
  keysOf,
  note,
  peersOf,
  refuse,
  shareOf,
  type Answer,
  type Party,
} from './party.ts';
import { raiseHighWater } from './store/high-water.ts';
import { activateKey, findKey, prepareKey, type KeyRecord } from './store/keys.ts';

const CONFIRM_ROUND = 4;

function isTaken(party: Party, key: string, vault: string): boolean {
  return keysOf(party).some(
    (record) => record.state === 'usable' && (record.key === key || record.vault === vault),
  );
}

/** Round 3 in, round 4 out: all saw the same, so the share is stored, not yet for use. */
export function confirmCeremony(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = findSession(party, request.key, 'confirm');
  if (typeof session === 'string') return refuse(session);
  const { result, intent, intentDigest } = session;
  if (!result) throw new Error('A ceremony that waits for echoes has a result.');
  const opened = openCeremonyRound(party, session, request.envelopes, {
    round: 3,
    ceremony: session.ceremony,
    to: everyone,
    payload: ceremonyEcho,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { echo } = result;
  const agreed = [...opened.messages.values()].every(
    ({ payload }) => payload.transcript === echo.transcript && payload.publicKey === echo.publicKey,
  );
  if (!agreed) return abortCeremony(party, session, 'ceremony-equivocation', null);
  if (party.trust?.rosterHead !== session.rosterHead)
    return abortCeremony(party, session, 'trust-changed', null);
  if (isTaken(party, intent.key, intent.vault.id))
    return abortCeremony(party, session, 'key-exists', null);
  const header = headerOf(session, session.ceremony, CONFIRM_ROUND, everyone);
  const confirmation = sealEnvelope(party.identity, header, echo);
  const record: KeyRecord = {
    key: intent.key,
    vault: intent.vault.id,
    tier: intent.vault.tier,
    chain: intent.vault.chain,
    epoch: FIRST_EPOCH,
    members: session.members,
    group: result.dkg.group,
    ceremony: session.ceremony,
    transcript: echo.transcript,
    operation: intent.operation,
    intentDigest,
    state: 'prepared',
    confirmation,
  };
  party.database.commit(() => {
    const share = result.dkg.signingShare;
    prepareKey(party.database, party.kek, party.config.name, record, share, party.now());
    party.register = null;
    note(party, { event: 'ceremony-prepared', operation: intent.operation, digest: intentDigest });
  });
  dropCeremony(party, intent.key);
  return answer({ envelope: confirmation });
}

/** All confirmations in: the key may be used. Works from the store, so also after a restart. */
export function activateCeremony(party: Party, request: KeyRequest): Answer<{ publicKey: string }> {
  const record = findKey(party.database, request.key);
  if (!record) return refuse('ceremony-unknown');
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
  if (isTaken(party, record.key, record.vault)) return refuse('vault-exists');
  // A live ceremony for the same key must not outlive the key's completion.
  dropCeremony(party, record.key);
  raiseHighWater(party.config.dataFolder, party.kek, record.key, record.epoch);
  const { operation, intentDigest: digest } = record;
  party.database.commit(() => {
    activateKey(party.database, party.kek, party.config.name, record, party.now());
    party.register = null;
    note(party, { event: 'key-usable', operation, digest });
  });
  shareOf(party, { ...record, state: 'usable' });
  party.log('key-usable', { key: record.key, publicKey });
  return answer({ publicKey });
}
