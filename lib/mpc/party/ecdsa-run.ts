/**
 * What a signing session with ECDSA goes through for every part of its transaction. All parts are in the
 * same round; each is a run of `dkls/sign` of its own, with a session id and key of its own.
 */
import type { SigningPart } from '#lib/chains/decoded.ts';
import type { Fault } from '../dkls/faults.ts';
import type { OneTime } from '../dkls/one-time.ts';
import type { PairState } from '../dkls/pair/state.ts';
import { finishSigning } from '../dkls/sign/finish.ts';
import { releasePart } from '../dkls/sign/release.ts';
import { signRound1, type RoundOne } from '../dkls/sign/round1.ts';
import { signRound2, type RoundTwo } from '../dkls/sign/round2.ts';
import { signRound3, type RoundThree } from '../dkls/sign/round3.ts';
import type { Signer, SigningSubject } from '../dkls/sign/session.ts';
import type { Steps } from '../dkls/steps.ts';
import { keyAt, shareAt } from '../frost/derive.ts';
import { publicKeyOf } from '../frost/group.ts';
import { suiteOf } from '../frost/suite.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { taggedHash } from '../wire/tagged-hash.ts';
import type { KeyRecord } from './store/keys.ts';

/** Messages of all parts to each other signer, by its index; a list is as long as that of the parts. */
export type PartMessages = ReadonlyMap<number, readonly Uint8Array[]>;

type States<T> = OneTime<T>[];

/** What the session waits for next. */
export type EcdsaStep =
  /** The nonces of the others. */
  | { step: 'extend' }
  | { step: 'multiply'; sessionId: string; states: States<RoundOne> }
  | { step: 'share'; sessionId: string; states: States<RoundTwo> }
  | { step: 'finish'; sessionId: string; states: States<RoundThree> }
  /** It works on what came. */
  | { step: 'busy' };

export function burnStep(current: EcdsaStep): void {
  if ('states' in current) for (const state of current.states) state.burn();
}

type Made<T> = { ok: true; messages: Map<number, Uint8Array[]>; states: States<T> } | Fault;

const collect = (
  messages: Map<number, Uint8Array[]>,
  of: ReadonlyMap<number, Uint8Array>,
): void => {
  for (const [index, message] of of) messages.set(index, [...(messages.get(index) ?? []), message]);
};

const forPart = (received: PartMessages, at: number): Map<number, Uint8Array> =>
  new Map(
    [...received].flatMap(([index, list]) => list.slice(at, at + 1).map((one) => [index, one])),
  );

/**
 * Round 1 of every part.
 * @param of.signingShare of the vault's key; stays the caller's.
 */
export function* extendParts(of: {
  record: KeyRecord;
  index: number;
  quorum: readonly number[];
  sessionId: string;
  signingShare: Uint8Array;
  parts: readonly SigningPart[];
  pairs: ReadonlyMap<number, PairState>;
}): Steps<Made<RoundOne>> {
  const { record, index, quorum, sessionId, parts, pairs } = of;
  const suite = suiteOf(record.suite);
  const messages = new Map<number, Uint8Array[]>();
  const states: States<RoundOne> = [];
  for (const [at, part] of parts.entries()) {
    const subject: SigningSubject = {
      session: fromHex(taggedHash('countersign/ecdsa-part/v1', sessionId, at)),
      publicKey: fromHex(keyAt(suite, publicKeyOf(record.group), part)),
      digest: fromHex(part.bytes),
      quorum,
    };
    const signingShare = shareAt(suite, record.group, of.signingShare, part);
    const signer: Signer = { index, signingShare, pairs };
    const made = yield* signRound1(subject, signer);
    signingShare.fill(0);
    if (!made.ok) {
      for (const state of states) state.burn();
      return made;
    }
    collect(messages, made.messages);
    states.push(made.state);
  }
  return { ok: true, messages, states };
}

/** Round 2 of every part. A fault in one ends all. */
export function* multiplyParts(
  states: States<RoundOne>,
  received: PartMessages,
): Steps<Made<RoundTwo>> {
  const messages = new Map<number, Uint8Array[]>();
  const next: States<RoundTwo> = [];
  for (const [at, state] of states.entries()) {
    const made = yield* signRound2(state, forPart(received, at));
    if (!made.ok) {
      for (const left of [...states, ...next]) left.burn();
      return made;
    }
    collect(messages, made.messages);
    next.push(made.state);
  }
  return { ok: true, messages, states: next };
}

/** Round 3 of every part. Nothing leaves yet. */
export function* checkParts(
  states: States<RoundTwo>,
  received: PartMessages,
): Steps<{ ok: true; states: States<RoundThree> } | Fault> {
  const next: States<RoundThree> = [];
  for (const [at, state] of states.entries()) {
    const made = yield* signRound3(state, forPart(received, at));
    if (!made.ok) {
      for (const left of [...states, ...next]) left.burn();
      return made;
    }
    next.push(made.state);
  }
  return { ok: true, states: next };
}

/** The own parts, hex, for all others alike. The caller has recorded that they leave. */
export function releaseParts(
  states: States<RoundThree>,
): { ok: true; shares: string[]; states: States<RoundThree> } | Fault {
  const shares: string[] = [];
  const next: States<RoundThree> = [];
  for (const state of states) {
    const made = releasePart(state);
    if (!made.ok) {
      for (const left of [...states, ...next]) left.burn();
      return made;
    }
    shares.push(toHex(made.message));
    next.push(made.state);
  }
  return { ok: true, shares, states: next };
}

/** Signatures of all parts, hex of 65 bytes each; every one was verified. */
export function* finishParts(
  states: States<RoundThree>,
  received: PartMessages,
): Steps<{ ok: true; signatures: string[] } | Fault> {
  const signatures: string[] = [];
  for (const [at, state] of states.entries()) {
    const made = finishSigning(state, forPart(received, at));
    if (!made.ok) {
      for (const left of states) left.burn();
      return made;
    }
    signatures.push(toHex(made.signature) + toHex(Uint8Array.of(made.recovery)));
    yield;
  }
  return { ok: true, signatures };
}
