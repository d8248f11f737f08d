/**
 * The rounds of a key ceremony up to the echo. What noble leaves out is here: promises before
 * packages, so nobody chooses after seeing; one ceremony id over everybody's nonce; an echo of
 * everything, so a dealer can't tell two stories.
 */
import { dealShares, finishDkg } from '../frost/dkg.ts';
import { publicKeyOf } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { ceremonyId, ceremonyTranscript, packageCommitment } from '../frost/transcript.ts';
import {
  everyone,
  sealEnvelope,
  type OpenedMessage,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { ceremonyCommitment, ceremonyPackage, type CeremonyPackage } from '../wire/payloads.ts';
import { privatePayload } from '../wire/private-payload.ts';
import {
  ceremonies,
  FIRST_EPOCH,
  headerOf,
  openCeremonyRound,
  type CeremonySession,
} from './ceremony-session.ts';
import { isConfirmed } from './ceremony-taken.ts';
import { byIndex, nameAt, openScalars, sealScalars } from './member-messages.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { storeKey, type KeyRecord } from './store/keys.ts';

export type KeyRequest = { key: string; envelopes: readonly unknown[] };

/** Round 0 in, round 1 out: everybody has promised, so the own package is shown. */
export function revealPackage(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = ceremonies.find(party, request.key, 'reveal');
  if (typeof session === 'string') return refuse(session);
  const opened = openCeremonyRound(party, session, request.envelopes, {
    round: 0,
    ceremony: session.baseId,
    to: everyone,
    payload: ceremonyCommitment,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const others = [...opened.messages.values()];
  if (isConfirmed(party, request.key)) return refuse('ceremony-already-prepared');
  session.nonces = new Map([
    ...session.nonces,
    ...others.map(({ from, payload }) => [from, payload.nonce] as const),
  ]);
  session.commitments = new Map([
    ...session.commitments,
    ...others.map(({ from, payload }) => [from, payload.commitment] as const),
  ]);
  session.ceremony = ceremonyId(session.baseId, session.members, session.nonces);
  session.step = 'deal';
  const header = headerOf(session, session.ceremony, 1, everyone);
  return answer({ envelope: sealEnvelope(party.identity, header, session.revealed) });
}

/** Round 1 in, round 2 out: packages are as promised and proven, so each member gets its share. */
export function dealCeremonyShares(
  party: Party,
  request: KeyRequest,
): Answer<{ envelopes: SignedEnvelope[] }> {
  const session = ceremonies.find(party, request.key, 'deal');
  if (typeof session === 'string') return refuse(session);
  const opened = openCeremonyRound(party, session, request.envelopes, {
    round: 1,
    ceremony: session.ceremony,
    to: everyone,
    payload: ceremonyPackage(suiteOf(session.intent.suite)),
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const packages = new Map([[session.own.name, session.revealed]]);
  for (const { from, payload } of opened.messages.values()) packages.set(from, payload);
  session.packages = packages;
  const broken = findBrokenPromise(session, opened.messages);
  if (broken !== null)
    return ceremonies.abort(party, session, 'ceremony-commitment-broken', broken);
  const dealt = dealShares(session.dkg, byIndex(session.members, packages));
  if (!dealt.ok)
    return ceremonies.abort(party, session, dealt.refusal, nameAt(session.members, dealt.culprit));
  const others = session.members.filter(({ name }) => name !== session.own.name);
  const envelopes = sealScalars(party, others, dealt.shares, (receiver) =>
    headerOf(session, session.ceremony, 2, receiver),
  );
  session.step = 'finish';
  return answer({ envelopes });
}

function findBrokenPromise(
  session: CeremonySession,
  messages: ReadonlyMap<string, OpenedMessage<CeremonyPackage>>,
): string | null {
  for (const [name, { payload }] of messages) {
    const promised = session.commitments.get(name);
    const shown = packageCommitment(session.baseId, name, session.nonces.get(name) ?? '', payload);
    if (promised !== shown) return name;
  }
  return null;
}

/**
 * Round 2 in, round 3 out: the own share is complete and stored, and only then what was seen goes
 * out as one hash. So whoever has the echoes of all knows that all can still finish, whoever fails.
 */
export function finishCeremony(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = ceremonies.find(party, request.key, 'finish');
  if (typeof session === 'string') return refuse(session);
  const opened = openCeremonyRound(party, session, request.envelopes, {
    round: 2,
    ceremony: session.ceremony,
    to: session.own.name,
    payload: privatePayload,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const dealt = openScalars(party, opened.messages);
  if (!dealt.ok) return ceremonies.abort(party, session, 'envelope-unreadable', dealt.culprit);
  const packages = byIndex(session.members, session.packages);
  const result = finishDkg(session.dkg, packages, byIndex(session.members, dealt.scalars));
  for (const share of dealt.scalars.values()) share.fill(0);
  if (!result.ok)
    return ceremonies.abort(
      party,
      session,
      result.refusal,
      nameAt(session.members, result.culprit),
    );
  const { group, signingShare } = result;
  const verifyingShares = new Map(
    group.shares.map((share) => [nameAt(session.members, share.index) ?? '', share.verifyingShare]),
  );
  const publicKey = publicKeyOf(group);
  const transcript = ceremonyTranscript({ ...session, publicKey, verifyingShares });
  const header = headerOf(session, session.ceremony, 3, everyone);
  const echo = sealEnvelope(party.identity, header, { transcript, publicKey });
  const stored = storeShare(party, session, { group, transcript, echo }, signingShare);
  signingShare.fill(0);
  if (!stored) return ceremonies.abort(party, session, 'ceremony-already-prepared', null);
  session.step = 'confirm';
  return answer({ envelope: echo });
}

/** @returns false, and stores nothing, where a confirmed share stands in the way. */
function storeShare(
  party: Party,
  session: CeremonySession,
  made: Pick<KeyRecord, 'group' | 'transcript' | 'echo'>,
  share: Uint8Array,
): boolean {
  const { intent, intentDigest, members, ceremony } = session;
  if (isConfirmed(party, intent.key)) return false;
  const { key, suite, operation, vault } = intent;
  const record: KeyRecord = {
    ...made,
    key,
    vault: vault.id,
    tier: vault.tier,
    chain: vault.chain,
    suite,
    epoch: FIRST_EPOCH,
    members,
    ceremony,
    operation,
    intentDigest,
    state: 'unconfirmed',
    confirmation: null,
    evidence: [],
    abandonedBy: [],
  };
  party.database.commit(() =>
    storeKey(party.database, party.kek, party.config.name, record, share, party.now()),
  );
  party.register = null;
  return true;
}
