/**
 * The rounds of a key refresh up to the echo, as in a key ceremony: promises before packages, one id
 * over everybody's nonce, a sealed share of zero for each member, and the hash of everything that was
 * seen. Nothing is stored before the new shares have signed (`refresh-confirm.ts`).
 */
import { publicKeyOf } from '../frost/group.ts';
import { dealRefreshShares, finishRefresh, refreshPackage } from '../frost/refresh.ts';
import { refreshCommitment, refreshId, refreshTranscript } from '../frost/refresh-transcript.ts';
import { proofScheme } from '../frost/scheme.ts';
import { OneTimeNonces } from '../frost/signing.ts';
import { everyone, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { privatePayload } from '../wire/private-payload.ts';
import { refreshPromise } from '../wire/refresh-payloads.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import { byIndex, nameAt, openScalars, sealScalars } from './member-messages.ts';
import { answer, findShare, refuse, type Answer, type Party } from './party.ts';
import {
  refreshes,
  deniersOf,
  openRefreshRound,
  refreshHeader,
  type RefreshSession,
} from './refresh-session.ts';

/** True when every other member has confirmed the same epoch as this one, which then stays. */
function isConfirmedByAll(session: RefreshSession): boolean {
  const prepared = session.promises.get(session.own.name)?.prepared ?? null;
  return prepared !== null && deniersOf(session, prepared).length === 0;
}

/** Round 0 in, round 1 out: everybody has promised, so the own package is shown. */
export function revealRefresh(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = refreshes.find(party, request.key, 'reveal');
  if (typeof session === 'string') return refuse(session);
  const opened = openRefreshRound(party, session, request.envelopes, {
    round: 0,
    ceremony: session.baseId,
    to: everyone,
    payload: refreshPromise,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const promises = new Map(session.promises);
  for (const { from, payload } of opened.messages.values()) promises.set(from, payload);
  if (isConfirmedByAll({ ...session, promises })) return refuse('refresh-unfinished');
  session.promises = promises;
  session.ceremony = refreshId(session.baseId, session.base.members, promises);
  session.step = 'deal';
  const header = refreshHeader(session, session.ceremony, 1, everyone);
  return answer({ envelope: sealEnvelope(party.identity, header, session.revealed) });
}

/** The first member that showed another package than it had promised. */
function findBrokenPromise({ baseId, own, promises, packages }: RefreshSession): string | null {
  for (const [name, revealed] of packages) {
    const { nonce, commitment } = promises.get(name) ?? { nonce: '', commitment: '' };
    if (name !== own.name && refreshCommitment(baseId, name, nonce, revealed) !== commitment)
      return name;
  }
  return null;
}

/** Round 1 in, round 2 out: packages are as promised and sound, so each member gets its share. */
export function dealRefresh(
  party: Party,
  request: KeyRequest,
): Answer<{ envelopes: SignedEnvelope[] }> {
  const session = refreshes.find(party, request.key, 'deal');
  if (typeof session === 'string') return refuse(session);
  const opened = openRefreshRound(party, session, request.envelopes, {
    round: 1,
    ceremony: session.ceremony,
    to: everyone,
    payload: refreshPackage(session.refresh.suite),
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { members } = session.base;
  const packages = new Map([[session.own.name, session.revealed]]);
  for (const { from, payload } of opened.messages.values()) packages.set(from, payload);
  session.packages = packages;
  const broken = findBrokenPromise(session);
  if (broken !== null) return refreshes.abort(party, session, 'refresh-commitment-broken', broken);
  const dealt = dealRefreshShares(session.refresh, byIndex(members, packages));
  if (!dealt.ok)
    return refreshes.abort(party, session, dealt.refusal, nameAt(members, dealt.culprit));
  const others = members.filter(({ name }) => name !== session.own.name);
  const envelopes = sealScalars(party, others, dealt.shares, (receiver) =>
    refreshHeader(session, session.ceremony, 2, receiver),
  );
  session.step = 'finish';
  return answer({ envelopes });
}

/**
 * Round 2 in, round 3 out: the own new share is complete, in memory only, and what was seen goes out
 * as one hash, with nonces for the test signature.
 */
export function finishRefreshRound(
  party: Party,
  request: KeyRequest,
): Answer<{ envelope: SignedEnvelope }> {
  const session = refreshes.find(party, request.key, 'finish');
  if (typeof session === 'string') return refuse(session);
  const opened = openRefreshRound(party, session, request.envelopes, {
    round: 2,
    ceremony: session.ceremony,
    to: session.own.name,
    payload: privatePayload,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { members } = session.base;
  const oldShare = findShare(party, session.base);
  if (!oldShare) return refreshes.abort(party, session, 'share-lost', null);
  const dealt = openScalars(party, opened.messages);
  if (!dealt.ok) return refreshes.abort(party, session, 'envelope-unreadable', dealt.culprit);
  const result = finishRefresh(session.refresh, byIndex(members, dealt.scalars), oldShare);
  for (const share of dealt.scalars.values()) share.fill(0);
  if (!result.ok)
    return refreshes.abort(party, session, result.refusal, nameAt(members, result.culprit));
  const { group, signingShare } = result;
  const publicKey = publicKeyOf(group);
  const verifyingShares = new Map(
    group.shares.map((share) => [nameAt(members, share.index) ?? '', share.verifyingShare]),
  );
  const transcript = refreshTranscript({ ...session, members, publicKey, verifyingShares });
  const nonces = new OneTimeNonces(
    proofScheme(session.refresh.suite),
    session.own.index,
    signingShare,
  );
  const header = refreshHeader(session, session.ceremony, 3, everyone);
  const payload = { transcript, publicKey, ...nonces.commitment };
  const echo = sealEnvelope(party.identity, header, payload);
  session.made = { group, share: signingShare, transcript, echo, nonces };
  session.step = 'prove';
  return answer({ envelope: echo });
}
