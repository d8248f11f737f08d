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
import { SIGN_MESSAGE } from '../dkls/sign/messages.ts';
import type { Steps } from '../dkls/steps.ts';
import { sessionId as sessionIdOf, type Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { ecdsaCommitment, ecdsaMessages, ecdsaShares } from '../wire/ecdsa-rpc.ts';
import { fromHex } from '../wire/encoding.ts';
import {
  everyone,
  openRound,
  openRoundInSteps,
  sealEnvelope,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { openPrivate, sealPrivate } from '../wire/private-payload.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import {
  checkParts,
  extendParts,
  finishParts,
  multiplyParts,
  releaseParts,
  type EcdsaStep,
  type PartMessages,
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

const peersIn = ({ quorum, own }: SigningSession): Member[] =>
  quorum.filter(({ name }) => name !== own.name);

/** Ends the session; a fault that gives secret bits away also ends the pair, before anybody hears of it. */
function failEcdsa(party: Party, session: SigningSession, fault: Fault): No {
  const culprit = nameAt(session, fault.culprit);
  const { record, operation, intentDigest: digest } = session;
  if (fault.ban && culprit !== null)
    banPair(party, record, culprit, { operation, digest, refusal: fault.refusal });
  return failSession(party, session, fault.refusal, culprit);
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

/** Ends the session for what came, unless it was closed meanwhile: then nobody is refused anything any more. */
const refuseWhatCame = (
  party: Party,
  session: SigningSession,
  refusal: Refusal,
  culprit: string,
): No =>
  isLive(party, session)
    ? failSession(party, session, refusal, culprit)
    : refuse('session-unknown');

/** One envelope for each other signer, with the messages of all parts. */
function* sealMessages(
  party: Party,
  session: SigningSession,
  of: { round: 2 | 3; sessionId: string; messages: PartMessages },
): Steps<SignedEnvelope[]> {
  const sealed: SignedEnvelope[] = [];
  for (const { name, index, exchangeKey } of peersIn(session)) {
    const header = signingHeader(session, of.sessionId, of.round, name);
    const plain = new Uint8Array(Buffer.concat([...(of.messages.get(index) ?? [])]));
    const payload = sealPrivate(exchangeKey, header, plain);
    yield;
    sealed.push(sealEnvelope(party.identity, header, payload));
    yield;
  }
  return sealed;
}

/** Messages of one round from all other signers, cut into parts. */
function* openMessages(
  party: Party,
  session: SigningSession,
  of: { round: 2 | 3; sessionId: string; envelopes: readonly unknown[] },
): Steps<{ ok: true; messages: PartMessages } | No> {
  const { record, own, quorum, parts } = session;
  const opened = yield* openRoundInSteps(of.envelopes, {
    ceremony: of.sessionId,
    key: record.key,
    epoch: record.epoch,
    round: of.round,
    seq: of.round - 1,
    to: own.name,
    senders: peersOf(party, quorum),
    payload: ecdsaMessages[of.round],
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const { exchangeKey, agreementKey } = party.identity;
  const length = SIGN_MESSAGE[of.round === 2 ? 1 : 2];
  const messages = new Map<number, Uint8Array[]>();
  for (const { name, index } of peersIn(session)) {
    const message = opened.messages.get(name);
    const plain =
      message && openPrivate(exchangeKey, agreementKey, message.header, message.payload);
    if (!plain) return refuseWhatCame(party, session, 'envelope-unreadable', name);
    if (plain.length !== parts.length * length)
      return refuseWhatCame(party, session, 'parts-differ', name);
    messages.set(
      index,
      parts.map((_, at) => plain.slice(at * length, (at + 1) * length)),
    );
    yield;
  }
  return { ok: true, messages };
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
  const stale = findStale(party, session);
  if (stale) {
    burnAll(checked.states);
    return failSession(party, session, stale, null);
  }
  const made = releaseParts(checked.states);
  if (!made.ok) return failEcdsa(party, session, made);
  keepRelease(party, session);
  session.released = { sessionId, pairs: new Map(), shares: [] };
  session.ecdsa = { step: 'finish', sessionId, states: made.states };
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
  return keepSigned(party, session, made.signatures);
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
