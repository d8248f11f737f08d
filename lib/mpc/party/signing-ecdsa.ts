/**
 * The rounds of a signature with ECDSA (`docs/dkls23.md`), after the decision. Two more than with
 * FROST: the session's id is agreed in signed nonces, and with it go the ids of the pairs; then the
 * multiplications run. What a party sends before its share binds nobody; the share leaves last, after
 * everything was looked at once more.
 *
 * A failed check that would tell the other side secret bits destroys the pair before anything is
 * answered (decision 25). Whatever somebody on the way could cause never does.
 */
import type { Fault } from '../dkls/faults.ts';
import type { Steps } from '../dkls/steps.ts';
import { sessionId as sessionIdOf } from '../frost/transcript.ts';
import { ecdsaCommitment, ecdsaShares } from '../wire/ecdsa-rpc.ts';
import { fromHex } from '../wire/encoding.ts';
import { everyone, openRound, sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import { openMessages, peersIn, sealMessages } from './ecdsa-messages.ts';
import {
  checkParts,
  extendParts,
  finishParts,
  multiplyParts,
  releaseParts,
  type EcdsaStep,
} from './ecdsa-run.ts';
import { banPair, findPairFault, pairsOf, enterPairs } from './pairs.ts';
import { answer, peersOf, refuse, shareOf, type Answer, type Party } from './party.ts';
import { runSteps } from './run-steps.ts';
import {
  failSession,
  finishInSteps,
  findOpen,
  findStale,
  keepRelease,
  keepSigned,
  nameAt,
  shareInSteps,
  type SessionRequest,
} from './signing-rounds.ts';
import { closeSession, isLive, signingHeader, type SigningSession } from './signing-session.ts';

type No = ReturnType<typeof refuse>;
type At<S extends EcdsaStep['step']> = Extract<EcdsaStep, { step: S }>;

const isAt = <S extends EcdsaStep['step']>(
  current: EcdsaStep,
  step: S,
): current is Extract<EcdsaStep, { step: S }> => current.step === step;

/** The session, where it waits for this step. */
function findAt<S extends EcdsaStep['step']>(
  party: Party,
  handle: string,
  step: S,
): { ok: true; session: SigningSession; current: At<S> } | No {
  const session = findOpen(party, handle);
  if (!session) return refuse('session-unknown');
  if (!session.ecdsa) return refuse('step-of-another-suite');
  return isAt(session.ecdsa, step)
    ? { ok: true, session, current: session.ecdsa }
    : refuse('session-out-of-step');
}

/**
 * Ends the session; a fault that gives secret bits away also ends the pair, before anybody hears of it. Whoever closed
 * the session meanwhile has ended it already: the ban counts, and nobody is refused anything any more.
 */
function failEcdsa(party: Party, session: SigningSession, fault: Fault): No {
  const culprit = nameAt(session, fault.culprit);
  const { record, operation, intentDigest: digest } = session;
  // A ban closes all sessions with that party, this one as well.
  const wasLive = isLive(party, session);
  if (fault.ban && culprit !== null)
    banPair(party, record, culprit, { operation, digest, refusal: fault.refusal });
  return wasLive ? failSession(party, session, fault.refusal, culprit) : refuse('session-unknown');
}

const burnAll = (states: readonly { burn(): void }[]): void => {
  for (const state of states) state.burn();
};

/** What throws is a broken invariant: the session is over with it, and keeps none of these secrets. */
async function runOrClose<T>(
  party: Party,
  session: SigningSession,
  states: readonly { burn(): void }[],
  steps: Steps<T>,
): Promise<T> {
  try {
    return await runSteps(steps);
  } catch (error) {
    burnAll(states);
    closeSession(party, session);
    throw error;
  }
}

/**
 * Works while others are answered. A ban counts also where the session was closed meanwhile; anything
 * else that came of it is then worth nothing.
 * @param states what it works on.
 */
async function work<T extends { ok: true }>(
  party: Party,
  session: SigningSession,
  states: readonly { burn(): void }[],
  steps: Steps<T | Fault>,
): Promise<T | No> {
  session.ecdsa = { step: 'busy' };
  const made = await runOrClose(party, session, states, steps);
  if (!made.ok) return failEcdsa(party, session, made);
  return made;
}

/**
 * Reads what came while others are answered. What does not open changes nothing: the session waits for the
 * same again, unless it was closed, and then nobody needs its secrets any more.
 */
async function read<T extends { ok: true }>(
  party: Party,
  session: SigningSession,
  current: At<'multiply' | 'share'>,
  steps: Steps<T | No>,
): Promise<T | No> {
  session.ecdsa = { step: 'busy' };
  let opened: T | No;
  try {
    opened = await runSteps(steps);
  } finally {
    session.ecdsa = current;
    if (!isLive(party, session)) burnAll(current.states);
  }
  return isLive(party, session) || !opened.ok ? opened : refuse('session-unknown');
}

/** Nonces in. Both sides of each pair name the same, and the standing is one; the session gets its id. */
function agreeOnSession(
  party: Party,
  session: SigningSession,
  envelopes: readonly unknown[],
): { ok: true; sessionId: string } | No {
  const { record, quorum, own } = session;
  const opened = openRound(envelopes, {
    ceremony: session.baseId,
    key: record.key,
    epoch: record.epoch,
    round: 1,
    seq: 0,
    to: everyone,
    senders: peersOf(party, quorum),
    payload: ecdsaCommitment,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const peers = peersIn(session).map(({ name }) => name);
  const unready = findPairFault(party, record, peers);
  const stale = findStale(party, session) ?? unready?.refusal;
  if (stale) return failSession(party, session, stale, null);
  const pairs = pairsOf(party, record);
  const nonces = new Map([[own.name, session.nonce]]);
  for (const { from, payload } of opened.messages.values()) {
    if (payload.trust !== session.standing)
      return failSession(party, session, 'trust-heads-differ', from);
    const theirs = payload.pairs.find(({ peer }) => peer === own.name)?.id;
    if (theirs !== pairs.find(({ peer }) => peer === from)?.id)
      return failSession(party, session, 'pair-differs', null);
    nonces.set(from, payload.nonce);
  }
  return { ok: true, sessionId: sessionIdOf(session.baseId, quorum, nonces) };
}

/** Round 1 in, round 2 out. The pairs are used from here on, durably before anything leaves. */
export async function extendSignature(
  party: Party,
  request: SessionRequest,
): Promise<Answer<{ envelopes: SignedEnvelope[] }>> {
  const found = findAt(party, request.session, 'extend');
  if (!found.ok) return found;
  const { session } = found;
  const agreed = agreeOnSession(party, session, request.envelopes);
  if (!agreed.ok) return agreed;
  const { sessionId } = agreed;
  const { record, own, quorum, parts } = session;
  const made = await work(
    party,
    session,
    [],
    extendParts({
      record,
      index: own.index,
      quorum: quorum.map(({ index }) => index),
      sessionId,
      signingShare: shareOf(party, record),
      parts,
      pairs: enterPairs(party, record, peersIn(session)),
    }),
  );
  if (!made.ok) return made;
  const { states, messages } = made;
  const sealing = sealMessages(party, session, { round: 2, sessionId, messages });
  const sealed = await runOrClose(party, session, states, sealing);
  if (!isLive(party, session)) {
    burnAll(states);
    return refuse('session-unknown');
  }
  session.ecdsa = { step: 'multiply', sessionId, states };
  return answer({ envelopes: sealed });
}

/** Round 2 in, round 3 out. */
export async function multiplySignature(
  party: Party,
  request: SessionRequest,
): Promise<Answer<{ envelopes: SignedEnvelope[] }>> {
  const found = findAt(party, request.session, 'multiply');
  if (!found.ok) return found;
  const { session, current } = found;
  const { sessionId } = current;
  const opened = await read(
    party,
    session,
    current,
    openMessages(party, session, { round: 2, sessionId, envelopes: request.envelopes }),
  );
  if (!opened.ok) return opened;
  const multiplying = multiplyParts(current.states, opened.messages);
  const made = await work(party, session, current.states, multiplying);
  if (!made.ok) return made;
  const { states, messages } = made;
  const sealing = sealMessages(party, session, { round: 3, sessionId, messages });
  const sealed = await runOrClose(party, session, states, sealing);
  if (!isLive(party, session)) {
    burnAll(states);
    return refuse('session-unknown');
  }
  session.ecdsa = { step: 'share', sessionId, states };
  return answer({ envelopes: sealed });
}

/** Round 3 in, round 4 out: all checks passed and nothing changed since, so the own shares leave. */
async function shareEcdsa(
  party: Party,
  request: SessionRequest,
): Promise<Answer<{ envelope: SignedEnvelope }>> {
  const found = findAt(party, request.session, 'share');
  if (!found.ok) return found;
  const { session, current } = found;
  const { sessionId } = current;
  const opened = await read(
    party,
    session,
    current,
    openMessages(party, session, { round: 3, sessionId, envelopes: request.envelopes }),
  );
  if (!opened.ok) return opened;
  const checking = checkParts(current.states, opened.messages);
  const checked = await work(party, session, current.states, checking);
  if (!checked.ok) return checked;
  if (!isLive(party, session)) {
    burnAll(checked.states);
    return refuse('session-unknown');
  }
  return orClose(party, session, () => releaseEcdsa(party, session, sessionId, checked.states));
}

/** What throws in one piece of work ends the session likewise, with the secrets that it has. */
function orClose<T>(party: Party, session: SigningSession, piece: () => T): T {
  try {
    return piece();
  } catch (error) {
    closeSession(party, session);
    throw error;
  }
}

/** Looks at everything once more, and lets the own shares out, in one piece. */
function releaseEcdsa(
  party: Party,
  session: SigningSession,
  sessionId: string,
  checked: At<'finish'>['states'],
): Answer<{ envelope: SignedEnvelope }> {
  // The session's own from here on: whatever ends it burns them.
  session.ecdsa = { step: 'finish', sessionId, states: checked };
  const stale = findStale(party, session);
  if (stale) return failSession(party, session, stale, null);
  const made = releaseParts(checked);
  if (!made.ok) return failEcdsa(party, session, made);
  session.ecdsa = { step: 'finish', sessionId, states: made.states };
  keepRelease(party, session);
  session.released = { sessionId, pairs: new Map(), shares: [] };
  const header = signingHeader(session, sessionId, 4);
  return answer({ envelope: sealEnvelope(party.identity, header, { shares: made.shares }) });
}

/** Shares in, signatures out: all verified, stored, and the same ever after. */
async function finishEcdsa(
  party: Party,
  request: SessionRequest,
): Promise<Answer<RpcAnswer<'signFinish'>>> {
  const found = findAt(party, request.session, 'finish');
  if (!found.ok) return found;
  const { session, current } = found;
  const { record, quorum, parts } = session;
  const opened = openRound(request.envelopes, {
    ceremony: current.sessionId,
    key: record.key,
    epoch: record.epoch,
    round: 4,
    seq: 3,
    to: everyone,
    senders: peersOf(party, quorum),
    payload: ecdsaShares,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const shares = new Map<number, Uint8Array[]>();
  for (const { name, index } of peersIn(session)) {
    const list = opened.messages.get(name)?.payload.shares ?? [];
    if (list.length !== parts.length) return failSession(party, session, 'parts-differ', name);
    shares.set(index, list.map(fromHex));
  }
  const finishing = finishParts(current.states, shares);
  const made = await work(party, session, current.states, finishing);
  if (!made.ok) return made;
  if (!isLive(party, session)) return refuse('session-unknown');
  return orClose(party, session, () => keepSigned(party, session, made.signatures));
}

const isEcdsa = (party: Party, { session }: SessionRequest): boolean =>
  Boolean(party.sessions.get(session)?.ecdsa);

/** `signShare`, by how the key of the session signs. */
export const shareEither = async (
  party: Party,
  request: SessionRequest,
): Promise<Answer<{ envelope: SignedEnvelope }>> =>
  isEcdsa(party, request) ? shareEcdsa(party, request) : runSteps(shareInSteps(party, request));

/** `signFinish`, likewise. */
export const finishEither = async (
  party: Party,
  request: SessionRequest,
): Promise<Answer<RpcAnswer<'signFinish'>>> =>
  isEcdsa(party, request) ? finishEcdsa(party, request) : runSteps(finishInSteps(party, request));
