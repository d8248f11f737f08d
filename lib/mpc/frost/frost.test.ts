import { verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { publicKey } from '../wire/identity.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { fromHex } from '../wire/encoding.ts';
import { abandonDkg, dealShares, finishDkg, startDkg, type DkgState } from './dkg.ts';
import { publicKeyOf, shareBelongs, verifySignature, type GroupKey } from './group.ts';
import { combineShares } from './combine.ts';
import { aggregateShares, aggregateWithChecks, makeShare, OneTimeNonces } from './signing.ts';

type Holder = { index: number; group: GroupKey; signingShare: Uint8Array };

function start(indexes: number[], threshold: number) {
  const states = new Map<number, DkgState>();
  const packages = new Map<number, CeremonyPackage>();
  for (const index of indexes) {
    const { state, revealed } = startDkg(index, indexes, threshold);
    states.set(index, state);
    packages.set(index, revealed);
  }
  return { states, packages };
}

const at = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
  const found = map.get(key);
  if (found === undefined) throw new Error('missing');
  return found;
};

function generate(indexes: number[], threshold: number): Holder[] {
  const { states, packages } = start(indexes, threshold);
  const dealt = new Map(
    indexes.map((index) => {
      const result = dealShares(at(states, index), packages);
      if (!result.ok) throw new Error(result.refusal);
      return [index, result.shares];
    }),
  );
  return indexes.map((index) => {
    const received = new Map(
      indexes
        .filter((dealer) => dealer !== index)
        .map((dealer) => [dealer, at(at(dealt, dealer), index)]),
    );
    const result = finishDkg(at(states, index), packages, received);
    if (!result.ok) throw new Error(result.refusal);
    return { index, group: result.group, signingShare: result.signingShare };
  });
}

function sign(holders: Holder[], message: Uint8Array) {
  const nonces = holders.map((holder) => new OneTimeNonces(holder.index, holder.signingShare));
  const pairs = new Map(
    holders.map((holder, at_) => [
      holder.index,
      nonces[at_]?.commitment ?? { hiding: '', binding: '' },
    ]),
  );
  const shares = new Map<number, Uint8Array>();
  for (const [place, holder] of holders.entries()) {
    const own = nonces[place];
    if (!own) throw new Error('missing');
    const result = makeShare({ ...holder, nonces: own, pairs, message });
    if (!result.ok) throw new Error(result.refusal);
    shares.set(holder.index, result.share);
  }
  return { pairs, shares, nonces };
}

describe('key generation and signing', () => {
  const [first, second, third] = generate([1, 2, 3], 2) as [Holder, Holder, Holder];
  const message = new TextEncoder().encode('a transaction');

  test('all members arrive at the same group and each share belongs to it', () => {
    expect(second.group).toEqual(first.group);
    expect(third.group).toEqual(first.group);
    for (const { index, group, signingShare } of [first, second, third])
      expect(shareBelongs(group, index, signingShare)).toBe(true);
  });

  test.each([
    ['first and second', [first, second]],
    ['first and third', [first, third]],
    ['second and third', [second, third]],
  ])('%s make a signature that verifies as plain Ed25519', (_, holders) => {
    const { pairs, shares } = sign(holders, message);
    const result = aggregateShares({ group: first.group, pairs, shares, message });
    if (!result.ok) throw new Error(result.refusal);
    const key = publicKey('Ed25519', publicKeyOf(first.group));
    expect(verify(null, message, key, result.signature)).toBe(true);
  });

  test("adding up quickly and noble's aggregation make the same bytes", () => {
    for (let round = 0; round < 10; round += 1) {
      const text = new TextEncoder().encode(`transaction ${round}`);
      const { pairs, shares } = sign([first, third], text);
      const asked = { group: first.group, pairs, shares, message: text };
      const publicKey = publicKeyOf(first.group);
      const checked = aggregateWithChecks(asked);
      expect(combineShares({ ...asked, publicKey })).toEqual(checked);
      expect(ed25519_FROST.verify(checked, text, fromHex(publicKey))).toBe(true);
    }
  });

  test('members keep the numbers of the roster even when they are not consecutive', () => {
    const holders = generate([1, 4, 5], 2);
    const pair = [holders[0], holders[2]] as [Holder, Holder];
    const { pairs, shares } = sign(pair, message);
    expect(aggregateShares({ group: pair[0].group, pairs, shares, message }).ok).toBe(true);
  });

  test('a share of one group never passes as a share of another', () => {
    const [foreign] = generate([1, 2, 3], 2) as [Holder];
    expect(shareBelongs(first.group, 1, foreign.signingShare)).toBe(false);
    expect(shareBelongs(first.group, 2, first.signingShare)).toBe(false);
    expect(shareBelongs(first.group, 1, new Uint8Array(32))).toBe(false);
  });

  test('nonces can be taken once, and not at all after burning', () => {
    const { nonces } = sign([first, second], message);
    expect(() => nonces[0]?.take()).toThrow('gone');
    const burned = new OneTimeNonces(1, first.signingShare);
    burned.burn();
    expect(() => burned.take()).toThrow('gone');
  });

  test('nonces are gone after a share that failed', () => {
    const own = new OneTimeNonces(1, first.signingShare);
    const pairs = new Map([
      [1, own.commitment],
      [2, { hiding: '01' + '00'.repeat(31), binding: own.commitment.binding }],
    ]);
    const result = makeShare({ ...first, nonces: own, pairs, message });
    expect(result).toEqual({ ok: false, refusal: 'commitment-invalid', culprit: 2 });
    expect(() => own.take()).toThrow('gone');
  });

  test('the signer of a bad share is named', () => {
    const { pairs, shares } = sign([first, second], message);
    const bad = new Map(shares).set(2, at(shares, 1));
    expect(aggregateShares({ group: first.group, pairs, shares: bad, message })).toEqual({
      ok: false,
      refusal: 'share-invalid',
      culprit: 2,
    });
    const huge = new Map(shares).set(2, new Uint8Array(32).fill(255));
    expect(aggregateShares({ group: first.group, pairs, shares: huge, message })).toMatchObject({
      refusal: 'share-invalid',
      culprit: 2,
    });
  });

  test('a signature that only lax verification takes is refused', () => {
    // Key and R of small order verify under ZIP 215 for every message.
    const identity = '01' + '00'.repeat(31);
    expect(verifySignature(identity, message, fromHex(identity + '00'.repeat(32)))).toBe(false);
    expect(verifySignature(publicKeyOf(first.group), message, new Uint8Array(3))).toBe(false);
  });
});

describe('cheating dealers', () => {
  const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

  test.each<[string, (honest: CeremonyPackage) => CeremonyPackage]>([
    ['a proof that does not verify', (honest) => ({ ...honest, proof: flip(honest.proof) })],
    [
      'a coefficient more',
      (honest) => ({
        ...honest,
        coefficients: [...honest.coefficients, ...honest.coefficients.slice(0, 1)],
      }),
    ],
    [
      'a coefficient outside the prime-order subgroup',
      (honest) => ({ ...honest, coefficients: [honest.coefficients[0] ?? '', '00'.repeat(32)] }),
    ],
  ])('%s is refused and names the dealer', (_, cheat) => {
    const { states, packages } = start([1, 2, 3], 2);
    const seen = new Map(packages).set(3, cheat(at(packages, 3)));
    expect(dealShares(at(states, 1), seen)).toEqual({
      ok: false,
      refusal: 'ceremony-proof-invalid',
      culprit: 3,
    });
    for (const state of states.values()) abandonDkg(state);
  });

  test('a share that does not fit its commitment names its dealer', () => {
    const { states, packages } = start([1, 2, 3], 2);
    const dealt = [2, 3].map((dealer) => {
      const result = dealShares(at(states, dealer), packages);
      if (!result.ok) throw new Error(result.refusal);
      return [dealer, at(result.shares, 1)] as const;
    });
    expect(dealShares(at(states, 1), packages).ok).toBe(true);
    const received = new Map(dealt).set(3, at(new Map(dealt), 2));
    expect(finishDkg(at(states, 1), packages, received)).toEqual({
      ok: false,
      refusal: 'ceremony-share-invalid',
      culprit: 3,
    });
  });
});
