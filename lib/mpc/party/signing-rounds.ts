/** The rounds of a signature after the decision: share, finish, and settling a finished one. */
import { createHash } from 'node:crypto';
import type { SigningPart } from '#lib/chains/decoded.ts';
import { finishNow, type Steps } from '../dkls/steps.ts';
import { publicKeyOf } from '../frost/group.ts';
import type { CommitmentPair } from '../frost/signing.ts';
import { suiteOf } from '../frost/suite.ts';
import { sessionId } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { decodeBase64url, fromHex, toHex } from '../wire/encoding.ts';
import { everyone, openRound, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { signingCommitment, signingShares } from '../wire/payloads.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import { isOver } from './attempt.ts';
import { raiseRecordMark } from './marks.ts';
import { answer, note, peersOf, refuse, shareOf, type Answer, type Party } from './party.ts';
import { findPeerFault } from './peers.ts';
import {
  addSharesUp,
  findMiscounted,
  makeShares,
  verifyAll,
  type MadeShares,
} from './sign-parts.ts';
import {
  closeSession,
  closeStaleSessions,
  isLive,
  signingHeader,
  type SigningSession,
} from './signing-session.ts';
import { standingFor } from './standing.ts';
import { findKey } from './store/keys.ts';
import { findTie, findTieRefusal, keepSignatures, keepTie } from './store/operations.ts';
import { dateSpend } from './store/spends.ts';

export type SessionRequest = { session: string; envelopes: readonly unknown[] };

export function findOpen(party: Party, handle: string): SigningSession | null {
  closeStaleSessions(party);
  return party.sessions.get(handle) ?? null;
}

/** Closes the session for good and keeps the reason. */
export function failSession(
  party: Party,
  session: SigningSession,
  refusal: Refusal,
  culprit: string | null,
): ReturnType<typeof refuse> {
  closeSession(party, session);
  note(party, {
    event: 'refused',
    operation: session.operation,
    digest: session.intentDigest,
    refusal,
  });
  party.log('signing-failed', { operation: session.operation, refusal, culprit });
  return refuse(refusal, culprit);
}

/** What may have changed between the decision and the moment in which a share would leave. */
export function findStale(party: Party, session: SigningSession): Refusal | null {
  const { trust } = party;
  const same = trust?.rosterHead === session.rosterHead && trust.policyHead === session.policyHead;
  const peerFault = findPeerFault(party);
  if (peerFault) return peerFault;
  if (!same || standingFor(party, session) !== session.standing) return 'trust-changed';
  if (isOver(party, session)) return 'attempt-ended';
  if (party.now().getTime() >= session.notAfter) return 'intent-expired';
  return findTieRefusal(party.database, session);
}

export const nameAt = (session: SigningSession, index: number | null): string | null =>
  session.quorum.find((member) => member.index === index)?.name ?? null;

/**
 * Ties the operation to this transaction: durable before the share leaves. When it can't be written,
 * the session is over and nothing leaves.
 */
export function keepRelease(party: Party, session: SigningSession): void {
  const { operation, intentDigest, record } = session;
  try {
    party.database.commit(() => {
      keepTie(party.database, { ...session, key: record.key }, party.now());
      dateSpend(party.database, operation, party.now());
      note(party, { event: 'released', operation, digest: intentDigest });
    });
    raiseRecordMark(party);
  } catch (error) {
    closeSession(party, session);
    throw error;
  }
  // The others should know soon that this record goes so far, in case it is ever put back.
  party.onNews();
}

type Shared = Answer<{ envelope: SignedEnvelope }>;

/**
 * Commitments in, own shares out, one for each part. The nonces are gone whatever happens from here on.
 * Everything that the shares rest on is looked at before they are made, and once more before they leave.
 */
export function* shareInSteps(party: Party, request: SessionRequest): Steps<Shared> {
  const session = findOpen(party, request.session);
  if (!session) return refuse('session-unknown');
  if (session.released || session.isBusy) return refuse('session-out-of-step');
  if (session.ecdsa) return refuse('step-of-another-suite');
  const { record, quorum, own } = session;
  const opened = openRound(request.envelopes, {
    ceremony: session.baseId,
    key: record.key,
    epoch: record.epoch,
    round: 1,
    seq: 0,
    to: everyone,
    senders: peersOf(party, quorum),
    payload: signingCommitment(suiteOf(record.suite)),
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const stale = findStale(party, session);
  if (stale) return failSession(party, session, stale, null);
  const messages = [...opened.messages.values()];
  const other = messages.find(({ payload }) => payload.trust !== session.standing);
  if (other) return failSession(party, session, 'trust-heads-differ', other.from);
  const pairs = new Map([[own.index, session.nonces.map(({ commitment }) => commitment)]]);
  for (const { from, payload } of messages) {
    const member = quorum.find(({ name }) => name === from);
    if (member) pairs.set(member.index, payload.commitments);
  }
  const miscounted = findMiscounted(session.parts, pairs);
  if (miscounted !== null)
    return failSession(party, session, 'parts-differ', nameAt(session, miscounted));
  const nonces = new Map(messages.map(({ from, payload }) => [from, payload.nonce]));
  session.isBusy = true;
  const made = yield* makeShares({
    record,
    index: own.index,
    signingShare: shareOf(party, record),
    parts: session.parts,
    // Its own from here on: a session that is closed meanwhile burns only what it still has.
    nonces: session.nonces.splice(0),
    pairs,
  });
  try {
    if (!isLive(party, session)) return refuse('session-unknown');
    const id = sessionId(session.baseId, quorum, nonces.set(own.name, session.nonce));
    return releaseShares(party, session, { made, pairs, sessionId: id });
  } catch (error) {
    // A broken invariant: the session is over with it.
    closeSession(party, session);
    throw error;
  } finally {
    // Where they have not left nobody needs them any more.
    if (session.released === null && made.ok) for (const share of made.shares) share.fill(0);
  }
}

/** Looks at everything once more, and lets the own shares out, in one piece. */
function releaseShares(
  party: Party,
  session: SigningSession,
  of: {
    made: MadeShares;
    pairs: ReadonlyMap<number, readonly CommitmentPair[]>;
    sessionId: string;
  },
): Shared {
  const { made, pairs, sessionId: id } = of;
  const changed = findStale(party, session);
  if (changed) return failSession(party, session, changed, null);
  session.isBusy = false;
  if (!made.ok) return failSession(party, session, made.refusal, nameAt(session, made.culprit));
  keepRelease(party, session);
  session.released = { sessionId: id, pairs, shares: made.shares };
  const payload = { shares: made.shares.map(toHex) };
  return answer({ envelope: sealEnvelope(party.identity, signingHeader(session, id, 2), payload) });
}

/** In one piece, at a cold party, which has nobody to answer meanwhile. */
export const shareSignature = (party: Party, request: SessionRequest): Shared =>
  finishNow(shareInSteps(party, request));

/** Shares in, signatures out: added up, all verified strictly, stored, and the same ever after. */
export function* finishInSteps(
  party: Party,
  request: SessionRequest,
): Steps<Answer<RpcAnswer<'signFinish'>>> {
  const session = findOpen(party, request.session);
  if (!session) return refuse('session-unknown');
  const { released, record, quorum, own, parts } = session;
  if (!released || session.isBusy) return refuse('session-out-of-step');
  if (session.ecdsa) return refuse('step-of-another-suite');
  const opened = openRound(request.envelopes, {
    ceremony: released.sessionId,
    key: record.key,
    epoch: record.epoch,
    round: 2,
    seq: 1,
    to: everyone,
    senders: peersOf(party, quorum),
    payload: signingShares,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  // Copies: a session that is closed meanwhile wipes its own, and nobody is to be blamed for that.
  const shares = new Map([[own.index, released.shares.map((share) => share.slice())]]);
  for (const { from, payload } of opened.messages.values()) {
    const member = quorum.find(({ name }) => name === from);
    if (member) shares.set(member.index, payload.shares.map(fromHex));
  }
  const miscounted = findMiscounted(parts, shares);
  if (miscounted !== null)
    return failSession(party, session, 'parts-differ', nameAt(session, miscounted));
  session.isBusy = true;
  const result = yield* addSharesUp({ record, parts, pairs: released.pairs, shares });
  if (!isLive(party, session)) return refuse('session-unknown');
  session.isBusy = false;
  if (!result.ok)
    return failSession(party, session, result.refusal, nameAt(session, result.culprit));
  return keepSigned(party, session, result.signatures);
}

/** The session's end: signatures that were verified are stored. */
export function keepSigned(
  party: Party,
  session: SigningSession,
  signatures: string[],
): Answer<RpcAnswer<'signFinish'>> {
  const { operation, messageDigest, intentDigest, record } = session;
  party.database.commit(() => {
    keepSignatures(party.database, operation, messageDigest, signatures);
    note(party, { event: 'signed', operation, digest: intentDigest });
  });
  closeSession(party, session);
  return answer({ state: 'signed', signatures, publicKey: publicKeyOf(record.group) });
}

/**
 * Takes signatures that another party completed, for a transaction this party released a share
 * for: after a crash both then answer the same again.
 */
export function* settleInSteps(
  party: Party,
  request: { operation: string; message: string; signatures: string[] },
): Steps<Answer<RpcAnswer<'signSettle'>>> {
  const message = decodeBase64url(request.message);
  if (!message) return refuse('transaction-malformed');
  const messageDigest = createHash('sha256').update(message).digest('hex');
  const tie = findTie(party.database, request.operation, messageDigest);
  const record = tie && findKey(party.database, tie.key);
  if (!tie || !record) return refuse('nothing-to-settle');
  const publicKey = publicKeyOf(record.group);
  if (tie.signatures !== null)
    return answer({ state: 'signed', signatures: tie.signatures, publicKey });
  const { signatures } = request;
  // A tie of before there were parts is of an Ed25519 key, which signs the whole message.
  const whole: SigningPart = { bytes: toHex(message), path: [], tweak: 'none' };
  if (!(yield* verifyAll(record, tie.parts ?? [whole], signatures)))
    return refuse('final-signature-invalid');
  // Others may have brought them meanwhile: the first that came are kept.
  const kept = findTie(party.database, request.operation, messageDigest)?.signatures;
  if (kept) return answer({ state: 'signed', signatures: kept, publicKey });
  party.database.commit(() => {
    keepSignatures(party.database, request.operation, messageDigest, signatures);
    note(party, { event: 'signed', operation: request.operation, digest: null });
  });
  return answer({ state: 'signed', signatures, publicKey });
}

/** In one piece, at a cold party. */
export const settleSignature = (
  party: Party,
  request: Parameters<typeof settleInSteps>[1],
): Answer<RpcAnswer<'signSettle'>> => finishNow(settleInSteps(party, request));
