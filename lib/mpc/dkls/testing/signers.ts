/** Holders of a dealt key and its pairs, and a signature run between some of them. */
import type { Fault } from '../faults.ts';
import type { OneTime } from '../one-time.ts';
import type { PairState } from '../pair/state.ts';
import { Fn, pointBytes, randomScalar, scalarBytes, systemRandom, timesBase } from '../scalars.ts';
import { finishSigning, type EcdsaSignature } from '../sign/finish.ts';
import { releasePart } from '../sign/release.ts';
import { signRound1 } from '../sign/round1.ts';
import { signRound2 } from '../sign/round2.ts';
import { signRound3 } from '../sign/round3.ts';
import type { Signer, SigningSubject } from '../sign/session.ts';
import { finishNow } from '../steps.ts';
import { dealPair, must, subjectOf } from './pairs.ts';

export type Dealt = { publicKey: Uint8Array; signers: Map<number, Signer> };

/** A key dealt to members 1 to `size`, and all their pairs. */
export function dealSigners(size: number, threshold: number, secret?: bigint): Dealt {
  const coefficients = Array.from({ length: threshold }, (_, at) =>
    at === 0 && secret !== undefined ? secret : randomScalar(systemRandom),
  );
  const shareAt = (index: number): bigint =>
    coefficients.reduceRight((sum, of) => Fn.add(Fn.mul(sum, BigInt(index)), of), 0n);
  const members = Array.from({ length: size }, (_, at) => at + 1);
  const pairs = new Map(members.map((index) => [index, new Map<number, PairState>()]));
  for (const lower of members)
    for (const higher of members.filter((index) => index > lower)) {
      const [mine, theirs] = dealPair(subjectOf(lower, higher));
      pairs.get(lower)?.set(higher, mine);
      pairs.get(higher)?.set(lower, theirs);
    }
  const signers = members.map((index): [number, Signer] => [
    index,
    {
      index,
      signingShare: scalarBytes(shareAt(index)),
      pairs: pairs.get(index) ?? new Map<number, PairState>(),
    },
  ]);
  return {
    publicKey: pointBytes(timesBase(coefficients[0] ?? 0n)),
    signers: new Map(signers),
  };
}

export const freshSubject = (
  dealt: Dealt,
  quorum: readonly number[],
  digest = systemRandom(32),
): SigningSubject => ({
  session: systemRandom(32),
  publicKey: dealt.publicKey,
  digest,
  quorum,
});

/** An attacker's hand on one message: what `from` sends to `to` in a round. */
export type Tamper = (
  message: Uint8Array,
  of: { round: number; from: number; to: number },
) => Uint8Array;

export type Outcomes = Map<number, ({ ok: true } & EcdsaSignature) | Fault>;

type Sent = Map<number, Map<number, Uint8Array>>;

/** Messages of a round as each recipient gets them. */
function deliver(sent: Sent, round: number, tamper: Tamper): Sent {
  const boxes: Sent = new Map([...sent.keys()].map((index) => [index, new Map()]));
  for (const [from, messages] of sent)
    for (const [to, message] of messages)
      boxes.get(to)?.set(from, tamper(message, { round, from, to }));
  return boxes;
}

/** Runs one step for everybody who is still there; who refuses keeps its fault and sends no more. */
function each<S, T extends { ok: true }>(
  states: ReadonlyMap<number, OneTime<S>>,
  outcomes: Outcomes,
  step: (state: OneTime<S>, index: number) => T | Fault,
): Map<number, T> {
  const done = new Map<number, T>();
  for (const [index, state] of states) {
    const outcome = step(state, index);
    if (outcome.ok) done.set(index, outcome);
    else outcomes.set(index, outcome);
  }
  return done;
}

const statesOf = <S>(done: ReadonlyMap<number, { state: OneTime<S> }>): Map<number, OneTime<S>> =>
  new Map([...done].map(([index, { state }]) => [index, state]));

/** Everybody's outcome of a whole run. @throws when even round 1 is refused. */
export function runSigning(
  dealt: Dealt,
  subject: SigningSubject,
  tamper: Tamper = (message) => message,
): Outcomes {
  const outcomes: Outcomes = new Map();
  const box = (boxes: Sent, index: number): Map<number, Uint8Array> =>
    boxes.get(index) ?? new Map();
  const one = new Map(
    subject.quorum.map((index) => {
      const signer = dealt.signers.get(index);
      if (!signer) throw new Error('missing');
      return [index, must(finishNow(signRound1(subject, signer)))];
    }),
  );
  const first = deliver(new Map([...one].map(([i, { messages }]) => [i, messages])), 1, tamper);
  const two = each(statesOf(one), outcomes, (state, index) =>
    finishNow(signRound2(state, box(first, index))),
  );
  const second = deliver(new Map([...two].map(([i, { messages }]) => [i, messages])), 2, tamper);
  const three = each(statesOf(two), outcomes, (state, index) =>
    finishNow(signRound3(state, box(second, index))),
  );
  const released = each(statesOf(three), outcomes, (state) => releasePart(state));
  const toAll = [...released].map(([from, { message }]): [number, Map<number, Uint8Array>] => [
    from,
    new Map(subject.quorum.filter((to) => to !== from).map((to) => [to, message])),
  ]);
  const third = deliver(new Map(toAll), 3, tamper);
  const signed = each(statesOf(released), outcomes, (state, index) =>
    finishSigning(state, box(third, index)),
  );
  for (const [index, outcome] of signed) outcomes.set(index, outcome);
  return outcomes;
}
