import { describe, expect, test } from 'vitest';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { abandonDkg, dealShares, finishDkg, startDkg, type DkgState } from './dkg.ts';
import { publicKeyOf, shareBelongs, type GroupKey } from './group.ts';
import { aggregateShares, makeShare, OneTimeNonces } from './signing.ts';
import { proofScheme } from './scheme.ts';
import { badPoints, everySuite, verifies } from './testing/suites.ts';

describe.each(everySuite)('%s: key generation and signing', (_name, suite) => {
  const scheme = proofScheme(suite);

  type Holder = { index: number; group: GroupKey; signingShare: Uint8Array };

  function start(indexes: number[], threshold: number) {
    const states = new Map<number, DkgState>();
    const packages = new Map<number, CeremonyPackage>();
    for (const index of indexes) {
      const { state, revealed } = startDkg(suite, index, indexes, threshold);
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
    const nonces = holders.map(
      (holder) => new OneTimeNonces(scheme, holder.index, holder.signingShare),
    );
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
      const result = makeShare({ scheme, ...holder, nonces: own, pairs, message });
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
        expect(shareBelongs(suite, group, index, signingShare)).toBe(true);
    });

    test.each([
      ['first and second', [first, second]],
      ['first and third', [first, third]],
      ['second and third', [second, third]],
    ])('%s make a signature that verifies', (_, holders) => {
      const { pairs, shares } = sign(holders, message);
      const result = aggregateShares({ scheme, group: first.group, pairs, shares, message });
      if (!result.ok) throw new Error(result.refusal);
      expect(verifies(suite, publicKeyOf(first.group), message, result.signature)).toBe(true);
    });

    test('members keep the numbers of the roster even when they are not consecutive', () => {
      const holders = generate([1, 4, 5], 2);
      const pair = [holders[0], holders[2]] as [Holder, Holder];
      const { pairs, shares } = sign(pair, message);
      expect(aggregateShares({ scheme, group: pair[0].group, pairs, shares, message }).ok).toBe(
        true,
      );
    });

    test('a share of one group never passes as a share of another', () => {
      const [foreign] = generate([1, 2, 3], 2) as [Holder];
      expect(shareBelongs(suite, first.group, 1, foreign.signingShare)).toBe(false);
      expect(shareBelongs(suite, first.group, 2, first.signingShare)).toBe(false);
      expect(shareBelongs(suite, first.group, 1, new Uint8Array(32))).toBe(false);
    });

    test('nonces can be taken once, and not at all after burning', () => {
      const { nonces } = sign([first, second], message);
      expect(() => nonces[0]?.take()).toThrow('gone');
      const burned = new OneTimeNonces(scheme, 1, first.signingShare);
      burned.burn();
      expect(() => burned.take()).toThrow('gone');
    });

    test('nonces are gone after a share that failed', () => {
      const own = new OneTimeNonces(scheme, 1, first.signingShare);
      const pairs = new Map([
        [1, own.commitment],
        [2, { hiding: badPoints(suite)[0]?.[1] ?? '', binding: own.commitment.binding }],
      ]);
      const result = makeShare({ scheme, ...first, nonces: own, pairs, message });
      expect(result).toEqual({ ok: false, refusal: 'commitment-invalid', culprit: 2 });
      expect(() => own.take()).toThrow('gone');
    });

    test('the signer of a bad share is named', () => {
      const { pairs, shares } = sign([first, second], message);
      const bad = new Map(shares).set(2, at(shares, 1));
      expect(aggregateShares({ scheme, group: first.group, pairs, shares: bad, message })).toEqual({
        ok: false,
        refusal: 'share-invalid',
        culprit: 2,
      });
      const huge = new Map(shares).set(2, new Uint8Array(32).fill(255));
      expect(
        aggregateShares({ scheme, group: first.group, pairs, shares: huge, message }),
      ).toMatchObject({
        refusal: 'share-invalid',
        culprit: 2,
      });
    });
  });

  describe('cheating dealers', () => {
    const flip = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

    type Cheat = (honest: CeremonyPackage) => CeremonyPackage;

    test.each<[string, Cheat]>([
      ['a proof that does not verify', (honest) => ({ ...honest, proof: flip(honest.proof) })],
      [
        'a coefficient more',
        (honest) => ({
          ...honest,
          coefficients: [...honest.coefficients, ...honest.coefficients.slice(0, 1)],
        }),
      ],
      ...badPoints(suite).map(([what, hex]): [string, Cheat] => [
        `${what} for a coefficient`,
        (honest) => ({ ...honest, coefficients: [honest.coefficients[0] ?? '', hex] }),
      ]),
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
});
