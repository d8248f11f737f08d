/** Members of a threshold key in one process, and the whole of each protocol between honest ones. */
import { fromFrostPublic, identifierOf, type GroupKey } from '../group.ts';
import {
  dealRefreshShares,
  finishRefresh,
  startRefresh,
  type RefreshPackage,
  type RefreshState,
} from '../refresh.ts';
import { dealDeltas, finishRepair, startRepair, sumDeltas, type RepairState } from '../repair.ts';
import type { RepairPackage, RepairPlan } from '../repair-plan.ts';
import { proofScheme, type Scheme } from '../scheme.ts';
import { aggregateShares, makeShare, OneTimeNonces } from '../signing.ts';
import { ed25519Suite, type Suite } from '../suite.ts';

export type Holder = { suite: Suite; index: number; group: GroupKey; signingShare: Uint8Array };

/** The value at this key, which the test put there. */
export function at<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const found = map.get(key);
  if (found === undefined) throw new Error('missing');
  return found;
}

/** The bytes with one bit changed. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

const isDone = <T extends { ok: boolean }>(answer: T): answer is Extract<T, { ok: true }> =>
  answer.ok;

/** The value of an answer that the test expects to be one. */
export function done<T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!isDone(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}

/** A key dealt from one place, which is quick; where it came from is nothing to what follows. */
export function dealKey(
  indexes: readonly number[],
  threshold: number,
  suite: Suite = ed25519Suite,
): Holder[] {
  const identifiers = indexes.map((index) => identifierOf(suite, index));
  const dealt = suite.frost.trustedDealer({ min: threshold, max: indexes.length }, identifiers);
  const group = fromFrostPublic(suite, dealt.public, indexes);
  return indexes.map((index) => {
    const secret = dealt.secretShares[identifierOf(suite, index)];
    if (!secret) throw new Error('missing');
    return { suite, index, group, signingShare: secret.signingShare };
  });
}

export const membersOf = (size: number): number[] => Array.from({ length: size }, (_, n) => n + 1);

export type OpenRefresh = {
  states: Map<number, RefreshState>;
  packages: Map<number, RefreshPackage>;
};

export function openRefresh(holders: readonly Holder[]): OpenRefresh {
  const started = holders.map(
    ({ suite, group, index }) => [index, startRefresh(suite, group, index)] as const,
  );
  return {
    states: new Map(started.map(([index, { state }]) => [index, state])),
    packages: new Map(started.map(([index, { revealed }]) => [index, revealed])),
  };
}

/** What each member dealt, by dealer and receiver. */
export function dealAll({ states, packages }: OpenRefresh): Map<number, Map<number, Uint8Array>> {
  return new Map(
    [...states].map(([index, state]) => [index, done(dealRefreshShares(state, packages)).shares]),
  );
}

/** What one member received, by its sender. */
export const receivedBy = (
  index: number,
  sent: ReadonlyMap<number, ReadonlyMap<number, Uint8Array>>,
): Map<number, Uint8Array> =>
  new Map(
    [...sent]
      .filter(([sender]) => sender !== index)
      .map(([sender, messages]) => [sender, at(messages, index).slice()]),
  );

/** One epoch further. */
export function refreshAll(holders: readonly Holder[]): Holder[] {
  const open = openRefresh(holders);
  const dealt = dealAll(open);
  return holders.map(({ suite, index, signingShare }) => {
    const received = receivedBy(index, dealt);
    const { group, ...made } = done(finishRefresh(at(open.states, index), received, signingShare));
    return { suite, index, group, signingShare: made.signingShare };
  });
}

export type OpenRepair = {
  plan: RepairPlan;
  states: Map<number, RepairState>;
  packages: Map<number, RepairPackage>;
};

/** @param helpers all of them; as many as the threshold. */
export function openRepair(
  lost: number,
  helpers: readonly Holder[],
  random?: (helper: number) => () => Uint8Array,
): OpenRepair {
  const [first] = helpers;
  if (!first) throw new Error('missing');
  const { suite, group } = first;
  const plan = { suite, group, lost, helpers: helpers.map(({ index }) => index) };
  const started = helpers.map(
    ({ index, signingShare }) =>
      [index, startRepair(plan, index, signingShare, random?.(index))] as const,
  );
  return {
    plan,
    states: new Map(started.map(([index, { state }]) => [index, state])),
    packages: new Map(started.map(([index, { revealed }]) => [index, revealed])),
  };
}

/** Deltas of all helpers, by sender and receiver. */
export const dealAllDeltas = ({
  states,
  packages,
}: OpenRepair): Map<number, Map<number, Uint8Array>> =>
  new Map([...states].map(([index, state]) => [index, done(dealDeltas(state, packages)).deltas]));

export function sumAll(open: OpenRepair): Map<number, Uint8Array> {
  const dealt = dealAllDeltas(open);
  return new Map(
    [...open.states].map(([index, state]) => [
      index,
      done(sumDeltas(state, receivedBy(index, dealt))).sigma,
    ]),
  );
}

/** The share that honest helpers rebuild. */
export function repairShare(lost: number, helpers: readonly Holder[]): Uint8Array {
  const open = openRepair(lost, helpers);
  return done(finishRepair(open.plan, open.packages, sumAll(open))).signingShare;
}

/** A signature by these holders under a group key, or whose share is refused. */
export function sign(
  group: GroupKey,
  signers: readonly Holder[],
  message: Uint8Array,
  scheme: Scheme = proofScheme(signers[0]?.suite ?? ed25519Suite),
) {
  const ready = signers.map((signer) => ({
    signer,
    nonces: new OneTimeNonces(scheme, signer.index, signer.signingShare),
  }));
  const pairs = new Map(ready.map(({ signer, nonces }) => [signer.index, nonces.commitment]));
  const shares = new Map(
    ready.map(({ signer: { index, signingShare }, nonces }) => [
      index,
      done(makeShare({ scheme, group, index, signingShare, nonces, pairs, message })).share,
    ]),
  );
  return aggregateShares({ scheme, group, pairs, shares, message });
}
