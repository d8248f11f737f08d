/**
 * Two holders of a key set their pair up, on their own: nobody states it, and nothing rests on a pair
 * that was not used yet. The rounds are those of `dkls/pair`; what each message belongs to is compared
 * there, so one of another run is a benign fault.
 */
import type { Fault } from '../dkls/faults.ts';
import { answerPair } from '../dkls/pair/answer.ts';
import { exchangePair } from '../dkls/pair/exchange.ts';
import { finishPair } from '../dkls/pair/finish.ts';
import { openPair } from '../dkls/pair/open.ts';
import { pairBase } from '../dkls/pair/subject.ts';
import type { Steps } from '../dkls/steps.ts';
import { equalBytes } from '../dkls/bytes.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { pairWord } from '../wire/pair-rpc.ts';
import type { RpcRequest } from '../wire/rpc.ts';
import {
  dropSetUp,
  dropStaleSetUps,
  erasePairStep,
  failSetUp,
  isLive,
  openFromPeer,
  openPairMessage,
  sealPairMessage,
  sealPairWord,
  SET_UP_MS,
  SET_UPS_MAX,
  setUpName,
  type PairSetUp,
  type PairStep,
} from './pair-session.ts';
import { findPair, keepPair, pairSubjectOf } from './pairs.ts';
import {
  answer,
  findShare,
  keysOf,
  membersInForce,
  refuse,
  type Answer,
  type Party,
} from './party.ts';
import { findPeerFault } from './peers.ts';
import { runSteps } from './run-steps.ts';
import type { KeyRecord } from './store/keys.ts';

type PairAnswer = Answer<{ envelope: SignedEnvelope }>;
type RoundRequest = RpcRequest<'pairExchange'>;

const usableRecord = (party: Party, key: string): KeyRecord | undefined =>
  keysOf(party).find((record) => record.key === key && record.state === 'usable');

/** A pair that was used or destroyed stays as it is until the next epoch. */
function findKeptFault(party: Party, record: KeyRecord, peer: string): Refusal | null {
  switch (findPair(party, record, peer)?.state) {
    case 'used':
      return 'pair-used';
    case 'banned':
      return 'pair-banned';
    case 'given-up':
      return 'pair-missing';
    default:
      return null;
  }
}

/** The peer, where it holds a share of the key and the roster in force has it with the same keys. */
function findPeer(party: Party, record: KeyRecord, name: string): Member | null {
  const inForce = party.trust && membersInForce(party, party.trust);
  const member = record.members.find((candidate) => candidate.name === name);
  const same = inForce?.find((candidate) => candidate.name === name);
  const isPeer =
    member !== undefined &&
    name !== party.config.name &&
    same?.index === member.index &&
    same.identityKey === member.identityKey &&
    same.exchangeKey === member.exchangeKey;
  return isPeer ? member : null;
}

export function beginPair(party: Party, request: RpcRequest<'pairBegin'>): PairAnswer {
  const { key, peer: name } = request;
  const record = usableRecord(party, key);
  const peer = record && findPeer(party, record, name);
  if (record?.suite !== 'DKLS23-secp256k1-SHA256-v1' || !peer) return refuse('pair-unfit');
  if (!findShare(party, record)) return refuse('share-lost');
  const fault = findPeerFault(party) ?? findKeptFault(party, record, name);
  if (fault) return refuse(fault);
  dropStaleSetUps(party);
  dropSetUp(party, key, name);
  if (party.pairSetUps.size >= SET_UPS_MAX) return refuse('too-many-sessions');
  const subject = pairSubjectOf(party, record, name);
  const { message, state } = openPair(subject);
  const setUp: PairSetUp = {
    record,
    peer,
    subject,
    base: toHex(pairBase(subject)),
    endsAt: party.now().getTime() + SET_UP_MS,
    current: { step: 'exchange', state },
  };
  party.pairSetUps.set(setUpName(key, name), setUp);
  return answer({ envelope: sealPairMessage(party, setUp, 0, message) });
}

type Found<S extends PairStep['step']> =
  | { ok: true; setUp: PairSetUp; current: Extract<PairStep, { step: S }> }
  | ReturnType<typeof refuse>;

/** The set-up, where it waits for this step and its key's epoch is still in force. */
function findSetUp<S extends PairStep['step']>(
  party: Party,
  { key, peer }: { key: string; peer: string },
  step: S,
): Found<S> {
  dropStaleSetUps(party);
  const setUp = party.pairSetUps.get(setUpName(key, peer));
  if (!setUp) return refuse('pair-unknown');
  const { record } = setUp;
  const used = usableRecord(party, key);
  if (used?.ceremony !== record.ceremony || used.epoch !== record.epoch)
    return failSetUp(party, setUp, 'pair-unknown', null);
  const { current } = setUp;
  return isAt(current, step) ? { ok: true, setUp, current } : refuse('pair-out-of-step');
}

const isAt = <S extends PairStep['step']>(
  current: PairStep,
  step: S,
): current is Extract<PairStep, { step: S }> => current.step === step;

/**
 * Works on a message of the peer while others are answered. A set-up that was begun anew meanwhile
 * goes on without what came of this.
 */
async function work<T extends { ok: true }>(
  party: Party,
  setUp: PairSetUp,
  steps: Steps<T | Fault>,
  next: (made: T) => PairStep,
): Promise<{ ok: true; made: T } | ReturnType<typeof refuse>> {
  setUp.current = { step: 'busy' };
  const made = await runSteps(steps);
  if (!made.ok)
    return failSetUp(party, setUp, made.refusal, made.culprit === null ? null : setUp.peer.name);
  const current = next(made);
  if (!isLive(party, setUp)) {
    erasePairStep(current);
    return refuse('pair-unknown');
  }
  setUp.current = current;
  return { ok: true, made };
}

/** Round 0 in, round 1 out: both nonces name the set-up. */
export async function exchangePairRound(party: Party, request: RoundRequest): Promise<PairAnswer> {
  const found = findSetUp(party, request, 'exchange');
  if (!found.ok) return found;
  const { setUp, current } = found;
  const opened = openPairMessage(party, setUp, { round: 0, envelopes: request.envelopes });
  if (!opened.ok) return opened;
  const done = await work(party, setUp, exchangePair(current.state, opened.bytes), (made) => ({
    step: 'answer',
    state: made.state,
  }));
  if (!done.ok) return done;
  return answer({ envelope: sealPairMessage(party, setUp, 1, done.made.message) });
}

/** Round 1 in, round 2 out. */
export async function answerPairRound(party: Party, request: RoundRequest): Promise<PairAnswer> {
  const found = findSetUp(party, request, 'answer');
  if (!found.ok) return found;
  const { setUp, current } = found;
  const opened = openPairMessage(party, setUp, { round: 1, envelopes: request.envelopes });
  if (!opened.ok) return opened;
  const done = await work(party, setUp, answerPair(current.state, opened.bytes), (made) => ({
    step: 'finish',
    state: made.state,
  }));
  if (!done.ok) return done;
  return answer({ envelope: sealPairMessage(party, setUp, 2, done.made.message) });
}

/** Round 2 in, round 3 out: the pair is there, and the party says which it came to. */
export async function finishPairRound(party: Party, request: RoundRequest): Promise<PairAnswer> {
  const found = findSetUp(party, request, 'finish');
  if (!found.ok) return found;
  const { setUp, current } = found;
  const opened = openPairMessage(party, setUp, { round: 2, envelopes: request.envelopes });
  if (!opened.ok) return opened;
  const done = await work(party, setUp, finishPair(current.state, opened.bytes), (made) => ({
    step: 'keep',
    pair: made.pair,
  }));
  if (!done.ok) return done;
  return answer({ envelope: sealPairWord(party, setUp, done.made.pair) });
}

/** Round 3 in: both came to the same, so this side keeps it. */
export function keepPairRound(party: Party, request: RoundRequest): Answer<{ id: string }> {
  const found = findSetUp(party, request, 'keep');
  if (!found.ok) return found;
  const { setUp, current } = found;
  const opened = openFromPeer(party, setUp, {
    round: 3,
    envelopes: request.envelopes,
    payload: pairWord,
  });
  if (!opened.ok) return opened;
  const { peer, record } = setUp;
  const { pair } = current;
  const fault = findPeerFault(party) ?? findKeptFault(party, record, peer.name);
  if (fault) return failSetUp(party, setUp, fault, null);
  if (!equalBytes(fromHex(opened.message.payload.id), pair.id))
    return failSetUp(party, setUp, 'pair-differs', null);
  party.pairSetUps.delete(setUpName(record.key, peer.name));
  keepPair(party, record, peer.name, pair);
  party.log('pair-set-up', { key: record.key, epoch: record.epoch, peer: peer.name });
  return answer({ id: toHex(pair.id) });
}
