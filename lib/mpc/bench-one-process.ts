/** A FROST signature of two of three holders in this process, which what parties do is measured beside. */
import { performance } from 'node:perf_hooks';
import { fromFrostPublic, identifierOf, publicKeyOf, type GroupKey } from './frost/group.ts';
import type { Scheme } from './frost/scheme.ts';
import { aggregateShares, aggregateWithChecks, makeShare, OneTimeNonces } from './frost/signing.ts';
import type { Suite } from './frost/suite.ts';

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** `group` is the key as this holder worked it out. */
type Holder = { index: number; signingShare: Uint8Array; group: GroupKey };
export type DealtKey = { group: GroupKey; holders: Holder[] };

/** A key dealt to members 1 to 3, of whom two sign. */
export function dealtKey(suite: Suite): DealtKey {
  const indexes = [1, 2, 3];
  const identifiers = indexes.map((index) => identifierOf(suite, index));
  const dealt = suite.frost.trustedDealer({ min: 2, max: 3 }, identifiers);
  const group = fromFrostPublic(suite, dealt.public, indexes);
  const holder = (index: number): Holder => {
    const secret = dealt.secretShares[identifierOf(suite, index)];
    if (!secret) throw new Error('The dealer deals to every index.');
    return { index, signingShare: secret.signingShare, group };
  };
  return { group, holders: [holder(1), holder(2)] };
}

export type Aggregate = (of: Parameters<typeof aggregateShares>[0]) => Uint8Array;

/** By noble's aggregation, which checks every point and verifies; and strictly verified once more. */
export const aggregateAndVerify: Aggregate = (of) => {
  const signature = aggregateWithChecks(of);
  if (!of.scheme.verify(publicKeyOf(of.group), of.message, signature))
    throw new Error('The signature must verify.');
  return signature;
};

/** As the parties add shares up, verified. */
export const aggregateAsParties: Aggregate = (of) => {
  const added = aggregateShares(of);
  if (!added.ok) throw new Error(added.refusal);
  return added.signature;
};

/** Two commitments, two shares, aggregation, strict verification. */
export function signInOneProcess(
  { group, holders }: DealtKey,
  scheme: Scheme,
  message: Uint8Array,
  aggregate: Aggregate,
): void {
  const open = holders.map((holder) => ({
    ...holder,
    nonces: new OneTimeNonces(scheme, holder.index, holder.signingShare),
  }));
  const pairs = new Map(open.map(({ index, nonces }) => [index, nonces.commitment]));
  const shares = new Map<number, Uint8Array>();
  for (const holder of open) {
    const made = makeShare({ scheme, ...holder, pairs, message });
    if (!made.ok) throw new Error(made.refusal);
    shares.set(holder.index, made.share);
  }
  aggregate({ scheme, group, pairs, shares, message });
}
