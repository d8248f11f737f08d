/** The start of a key ceremony: only with an operation that this party's own decision allows. */
import { randomBytes } from 'node:crypto';
import { suitesFor } from '#lib/chains/registry.ts';
import {
  intent as intentSchema,
  intentDigest,
  type KeyCeremonyIntent,
} from '#lib/protocol/intent.ts';
import { isColdIn, type Roster } from '#lib/protocol/roster.ts';
import { isInteractive, suitesMade } from '#lib/protocol/suites.ts';
import { startDkg } from '../frost/dkg.ts';
import { publicKeyOf } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { ceremonyBaseId, packageCommitment, type Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { toHex } from '../wire/encoding.ts';
import { everyone, sealEnvelope } from '../wire/envelope.ts';
import type { CeremonyCommitment } from '../wire/payloads.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import { ceremonyEnd } from './cold-lifetime.ts';
import { ceremonies, FIRST_EPOCH, headerOf, type CeremonySession } from './ceremony-session.ts';
import { findTaken } from './ceremony-taken.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import { answer, membersInForce, note, refuse, type Answer, type Party } from './party.ts';
import { findKey, type KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';

const CEREMONIES_MAX = 8;

const held = (record: KeyRecord) => ({
  ceremony: record.ceremony,
  publicKey: publicKeyOf(record.group),
  echo: record.echo,
});

/** Picks the members the intent names, in the roster's order and with its keys. */
function ceremonyMembers(
  members: readonly Member[],
  intent: KeyCeremonyIntent,
): Member[] | Refusal {
  const chosen = intent.parties.flatMap(
    (name) => members.find((member) => member.name === name) ?? [],
  );
  const inOrder = chosen.every((member, place) => (chosen[place - 1]?.index ?? 0) < member.index);
  if (chosen.length !== intent.parties.length || !inOrder) return 'ceremony-group-unsound';
  // Two quorums must always share a party, or each could sign another transaction of an operation.
  return 2 * intent.threshold > chosen.length && intent.threshold <= chosen.length
    ? chosen
    : 'ceremony-threshold-unsound';
}

/** Before anybody deals anything: a key that can't sign for its vault would take deposits for ever. */
const findSuiteFault = (
  { suite, vault, parties }: KeyCeremonyIntent,
  roster: Roster,
): Refusal | null => {
  if (!suitesFor(vault.chain).includes(suite)) return 'ceremony-suite-unfit';
  if (isInteractive(suite) && parties.some((name) => isColdIn(roster, name)))
    return 'ceremony-suite-not-cold';
  return suitesMade.includes(suite) ? null : 'ceremony-suite-unsupported';
};

/**
 * Starts a ceremony for an operation that the party's own decision allows. For a key that exists
 * through the same operation it answers with that key; another operation's key is a refusal. With
 * a share that is stored already it answers the echo too: where all parties hold the same, they
 * confirm and activate it; nothing is made anew.
 */
export function beginCeremony(
  party: Party,
  request: { bundle: LooseBundle },
): Answer<RpcAnswer<'ceremonyBegin'>> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const members = membersInForce(party, trust);
  if (!members) return refuse('party-not-in-roster');
  const existing = findSameUsableKey(party, request.bundle);
  if (existing) return answer({ state: 'usable', ...held(existing) });
  const verdict = makeDecision(party, trust, {
    loose: request.bundle,
    transaction: null,
    now: party.now(),
  });
  if (!verdict.ok) return verdict;
  const { intent } = verdict.value.bundle;
  if (intent.kind !== 'key-ceremony') return refuse('kind-without-ceremony');
  const unfit = findSuiteFault(intent, trust.roster);
  if (unfit) return refuse(unfit);
  const chosen = ceremonyMembers(members, intent);
  if (typeof chosen === 'string') return refuse(chosen);
  const taken = findTaken(party, {
    key: intent.key,
    vault: intent.vault.id,
    intentDigest: verdict.value.digest,
  });
  if (taken) return refuse(taken);
  ceremonies.dropStale(party);
  ceremonies.drop(party, intent.key);
  if (party.ceremonies.size >= CEREMONIES_MAX) return refuse('too-many-sessions');
  return startSession(party, trust, verdict.value, intent, chosen);
}

/** A public key is no secret, so asking again needs no new decision. */
function findSameUsableKey(party: Party, loose: LooseBundle): KeyRecord | null {
  const parsed = intentSchema.safeParse(loose.intent);
  if (!parsed.success || parsed.data.kind !== 'key-ceremony') return null;
  const record = findKey(party.database, parsed.data.key);
  const same = record?.state === 'usable' && record.intentDigest === intentDigest(parsed.data);
  return same ? record : null;
}

function startSession(
  party: Party,
  trust: Trust,
  decided: Decided,
  intent: KeyCeremonyIntent,
  members: Member[],
): Answer<RpcAnswer<'ceremonyBegin'>> {
  const own = members.find(({ name }) => name === party.config.name);
  if (!own) return refuse('ceremony-without-this-party');
  const { state, revealed } = startDkg(
    suiteOf(intent.suite),
    own.index,
    members.map(({ index }) => index),
    intent.threshold,
  );
  const { key, suite, threshold } = intent;
  const baseId = ceremonyBaseId({
    suite,
    key,
    epoch: FIRST_EPOCH,
    threshold,
    members,
    intentDigest: decided.digest,
    rosterDigest: trust.rosterDigest,
  });
  const nonce = toHex(randomBytes(32));
  const commitment = packageCommitment(baseId, own.name, nonce, revealed);
  const session: CeremonySession = {
    intent,
    intentDigest: decided.digest,
    attempt: decided.attempt,
    rosterHead: trust.rosterHead,
    members,
    own,
    baseId,
    revealed,
    dkg: state,
    endsAt: ceremonyEnd(trust.roster, intent.parties, party.now().getTime()),
    step: 'reveal',
    nonces: new Map([[own.name, nonce]]),
    ceremony: '',
    commitments: new Map([[own.name, commitment]]),
    packages: new Map(),
  };
  party.database.commit(() => {
    keepDecision(party, decided);
    note(party, { event: 'ceremony-begun', operation: intent.operation, digest: decided.digest });
  });
  party.ceremonies.set(key, session);
  const record = findKey(party.database, key);
  const payload: CeremonyCommitment = { nonce, commitment };
  const envelope = sealEnvelope(party.identity, headerOf(session, baseId, 0, everyone), payload);
  const own_ = record?.intentDigest === decided.digest ? held(record) : null;
  return answer({ state: 'begun', envelope, held: own_ });
}
