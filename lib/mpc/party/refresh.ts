/**
 * The start of a key refresh: only with an operation that this party's own decision allows. Each
 * start is a refresh of its own; what an earlier one left unfinished in memory is erased, and what
 * it left in the store is said to the others (`prepared`).
 */
import { randomBytes } from 'node:crypto';
import type { KeyRefreshIntent } from '#lib/protocol/key-intents.ts';
import { publicKeyOf } from '../frost/group.ts';
import { startRefresh } from '../frost/refresh.ts';
import {
  refreshBaseId,
  refreshCommitment,
  type RefreshPromise,
} from '../frost/refresh-transcript.ts';
import { suiteOf } from '../frost/suite.ts';
import type { Member } from '../frost/transcript.ts';
import { toHex } from '../wire/encoding.ts';
import { everyone, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { ceremonyEnd } from './cold-lifetime.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import {
  answer,
  findShare,
  keysOf,
  membersInForce,
  note,
  refuse,
  type Answer,
  type Party,
} from './party.ts';
import { refreshes, refreshHeader, type RefreshSession } from './refresh-session.ts';
import type { KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';

const REFRESHES_MAX = 8;

/** The epoch of a key in force at this party. */
export const findUsable = (party: Party, key: string): KeyRecord | null =>
  keysOf(party).find((record) => record.key === key && record.state === 'usable') ?? null;

/** The next epoch that this party confirmed last and that is not in force yet. */
export const findPrepared = (party: Party, key: string, epoch: number): KeyRecord | null =>
  keysOf(party).find(
    (record) => record.key === key && record.epoch === epoch && record.state === 'prepared',
  ) ?? null;

/** Those of the same number that it confirmed before and set aside since. */
export const findSetAside = (party: Party, key: string, epoch: number): KeyRecord[] =>
  keysOf(party).filter(
    (record) => record.key === key && record.epoch === epoch && record.state === 'superseded',
  );

/** True when the roster still lists all of them as they were when the key was made. */
export const areInForce = (members: readonly Member[], inForce: readonly Member[]): boolean =>
  members.every(({ name, index, identityKey, exchangeKey }) =>
    inForce.some(
      (entry) =>
        entry.name === name &&
        entry.index === index &&
        entry.identityKey === identityKey &&
        entry.exchangeKey === exchangeKey,
    ),
  );

/** Decides, and promises a package for the next epoch; asked again it begins anew. */
export function beginRefresh(
  party: Party,
  request: { bundle: LooseBundle },
): Answer<{ envelope: SignedEnvelope }> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const inForce = membersInForce(party, trust);
  if (!inForce) return refuse('party-not-in-roster');
  const verdict = makeDecision(party, trust, {
    loose: request.bundle,
    transaction: null,
    now: party.now(),
  });
  if (!verdict.ok) return verdict;
  const { intent } = verdict.value.bundle;
  if (intent.kind !== 'key-refresh') return refuse('kind-done-otherwise');
  const base = findUsable(party, intent.key);
  if (base?.epoch !== intent.epoch) return refuse('key-epoch-differs');
  if (!areInForce(base.members, inForce)) return refuse('ceremony-group-unsound');
  if (!findShare(party, base)) return refuse('share-lost');
  refreshes.dropStale(party);
  refreshes.drop(party, intent.key);
  if (party.refreshes.size >= REFRESHES_MAX) return refuse('too-many-sessions');
  return startSession(party, { trust, decided: verdict.value, intent, base });
}

function startSession(
  party: Party,
  of: { trust: Trust; decided: Decided; intent: KeyRefreshIntent; base: KeyRecord },
): Answer<{ envelope: SignedEnvelope }> {
  const { trust, decided, intent, base } = of;
  const own = base.members.find(({ name }) => name === party.config.name);
  if (!own) return refuse('ceremony-without-this-party');
  const { state, revealed } = startRefresh(suiteOf(base.suite), base.group, own.index);
  const baseId = refreshBaseId({
    suite: base.suite,
    key: base.key,
    epoch: base.epoch + 1,
    threshold: base.group.threshold,
    members: base.members,
    publicKey: publicKeyOf(base.group),
    before: base,
    intentDigest: decided.digest,
    rosterDigest: trust.rosterDigest,
  });
  const nonce = toHex(randomBytes(32));
  const promise: RefreshPromise = {
    nonce,
    commitment: refreshCommitment(baseId, own.name, nonce, revealed),
    prepared: findPrepared(party, base.key, base.epoch + 1)?.ceremony ?? null,
    setAside: findSetAside(party, base.key, base.epoch + 1).map(({ ceremony }) => ceremony),
  };
  const session: RefreshSession = {
    intent,
    intentDigest: decided.digest,
    attempt: decided.attempt,
    rosterHead: trust.rosterHead,
    base,
    own,
    baseId,
    revealed,
    refresh: state,
    endsAt: ceremonyEnd(trust.roster, intent.parties, party.now().getTime()),
    step: 'reveal',
    promises: new Map([[own.name, promise]]),
    ceremony: '',
    packages: new Map(),
    made: null,
    test: null,
  };
  party.database.commit(() => {
    keepDecision(party, decided);
    note(party, { event: 'refresh-begun', operation: intent.operation, digest: decided.digest });
  });
  party.refreshes.set(base.key, session);
  const header = refreshHeader(session, baseId, 0, everyone);
  return answer({ envelope: sealEnvelope(party.identity, header, { ...promise }) });
}
