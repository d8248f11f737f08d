import { describe, expect, test } from 'vitest';
import { dealShares, finishDkg, startDkg } from './dkg.ts';
import { isConsistent, publicKeyOf, shareBelongs } from './group.ts';
import {
  abandonRefresh,
  dealRefreshShares,
  finishRefresh,
  refreshPackage,
  startRefresh,
} from './refresh.ts';
import {
  at,
  dealAll,
  dealKey,
  done,
  membersOf,
  openRefresh,
  receivedBy,
  refreshAll,
  sign,
  type Holder,
  type OpenRefresh,
} from './testing/holders.ts';
import { badPoints, everySuite, verifies } from './testing/suites.ts';

describe.each(everySuite)('%s: refresh', (_name, suite) => {
  const {
    commitTo,
    evaluate,
    lagrangeWeight,
    multiplyScalars,
    pointHex,
    scalarBytes,
    scalarOf,
    subtractScalars,
  } = suite.arithmetic;

  const message = new TextEncoder().encode('a transaction');

  /** A key that its members made themselves. */
  function generateKey(indexes: readonly number[], threshold: number): Holder[] {
    const started = new Map(
      indexes.map((index) => [index, startDkg(suite, index, indexes, threshold)]),
    );
    const packages = new Map([...started].map(([index, { revealed }]) => [index, revealed]));
    const dealt = new Map(
      [...started].map(([index, { state }]) => [index, done(dealShares(state, packages)).shares]),
    );
    return [...started].map(([index, { state }]) => {
      const made = done(finishDkg(state, packages, receivedBy(index, dealt)));
      return { suite, index, group: made.group, signingShare: made.signingShare };
    });
  }

  describe('a refresh', () => {
    const old = generateKey([1, 4, 5], 2) as [Holder, Holder, Holder];
    const renewed = refreshAll(old) as [Holder, Holder, Holder];
    const [{ group: before }, { group: after }] = [old[0], renewed[0]];

    test('keeps the public key and threshold and changes everything else', () => {
      expect(publicKeyOf(after)).toBe(publicKeyOf(before));
      expect(after.threshold).toBe(2);
      expect(after.commitments[1]).not.toBe(before.commitments[1]);
      for (const { index, verifyingShare } of before.shares)
        expect(after.shares.find((share) => share.index === index)?.verifyingShare).not.toBe(
          verifyingShare,
        );
    });

    test('ends with the same consistent key at all members, and a share of it at each', () => {
      expect(isConsistent(suite, after)).toBe(true);
      for (const { group, index, signingShare } of renewed) {
        expect(group).toEqual(after);
        expect(shareBelongs(suite, after, index, signingShare)).toBe(true);
      }
    });

    test('makes shares of which any two sign under the old public key', () => {
      for (const pair of [renewed.slice(0, 2), renewed.slice(1), [renewed[0], renewed[2]]]) {
        const { signature } = done(sign(after, pair, message));
        expect(verifies(suite, publicKeyOf(before), message, signature)).toBe(true);
      }
    });

    test('makes the old shares worthless: they belong to no key in force', () => {
      for (const [place, { index, signingShare }] of old.entries()) {
        expect(shareBelongs(suite, after, index, signingShare)).toBe(false);
        expect(
          shareBelongs(suite, before, index, renewed[place]?.signingShare ?? signingShare),
        ).toBe(false);
      }
    });

    test('leaves nobody able to sign with one share of each epoch', () => {
      expect(sign(after, [renewed[0], old[1]], message)).toEqual({
        ok: false,
        refusal: 'share-invalid',
        culprit: 4,
      });
      expect(sign(before, [renewed[0], old[1]], message)).toEqual({
        ok: false,
        refusal: 'share-invalid',
        culprit: 1,
      });
    });

    test('never makes the same key twice', () => {
      expect(refreshAll(old)[0]?.group).not.toEqual(after);
    });
  });

  describe('a package', () => {
    const holders = dealKey(membersOf(4), 3, suite);
    const open = openRefresh(holders);
    const honest = at(open.packages, 3);
    const [linear, square] = honest.coefficients as [string, string];

    test('of t−1 points has the form of the wire', () => {
      expect(refreshPackage(suite).parse(honest)).toEqual(honest);
      expect(refreshPackage(suite).safeParse({ ...honest, proof: '' }).success).toBe(false);
    });

    test.each<[string, string[]]>([
      ['of a lower threshold', [linear]],
      ['of a higher threshold', [linear, square, square]],
      ['with a commitment to a constant term', [badPoints(suite)[0]?.[1] ?? '', linear, square]],
      ...badPoints(suite).map(([what, hex]): [string, string[]] => [`with ${what}`, [linear, hex]]),
      ['with nothing', []],
    ])('%s is refused by all others and its sender named', (_, coefficients) => {
      const seen = new Map(open.packages).set(3, { coefficients });
      for (const index of [1, 2, 4])
        expect(dealRefreshShares(at(open.states, index), seen)).toEqual({
          ok: false,
          refusal: 'refresh-commitment-unsound',
          culprit: 3,
        });
    });
  });

  describe('a dealt share', () => {
    /** What member 1 says when member 3 deals it this. */
    function answerTo(share: (honest: Uint8Array, ofAnother: Uint8Array) => Uint8Array) {
      const holders = dealKey(membersOf(3), 2, suite);
      const open = openRefresh(holders);
      const dealt = dealAll(open);
      const received = receivedBy(1, dealt);
      received.set(3, share(at(received, 3), at(at(dealt, 3), 2)));
      const state = at(open.states, 1);
      const answer = finishRefresh(state, received, holders[0]?.signingShare ?? new Uint8Array());
      expect(state.coefficients).toEqual([]);
      return answer;
    }

    const add = (share: Uint8Array, number: bigint): Uint8Array =>
      scalarBytes(subtractScalars(scalarOf(share), [number]));

    test.each<[string, (honest: Uint8Array, ofAnother: Uint8Array) => Uint8Array]>([
      ['meant for another member', (_, ofAnother) => ofAnother],
      ['off by one, as with a constant that would move the public key', (share) => add(share, 1n)],
      ['of zero', () => new Uint8Array(32)],
      ['that is not below the order of the group', () => new Uint8Array(32).fill(255)],
      ['a byte short', (share) => share.slice(1)],
      ['a byte long', (share) => new Uint8Array([...share, 0])],
    ])('%s is refused and its dealer named', (_, share) => {
      expect(answerTo(share)).toEqual({ ok: false, refusal: 'refresh-share-invalid', culprit: 3 });
    });

    test('that is honest is taken', () => {
      expect(answerTo((honest) => honest)).toMatchObject({ ok: true });
    });
  });

  describe('a dealer who knew all that the others hold and drew', () => {
    const nothing = { ok: false, refusal: 'refresh-commitment-unsound', culprit: null };

    /** What members 1 and 2 say when member 3 deals off this polynomial, from the linear term up. */
    function answersTo(holders: Holder[], { states, packages }: OpenRefresh, hostile: bigint[]) {
      const coefficients = hostile.map((coefficient) => pointHex(commitTo(coefficient)));
      const seen = new Map(packages).set(3, { coefficients });
      const dealt = new Map(
        [1, 2].map((index) => [index, done(dealRefreshShares(at(states, index), seen)).shares]),
      ).set(3, new Map([1, 2].map((to) => [to, scalarBytes(evaluate([0n, ...hostile], to))])));
      return [1, 2].map((index) => {
        const share = holders[index - 1]?.signingShare ?? new Uint8Array();
        return finishRefresh(at(states, index), receivedBy(index, dealt), share);
      });
    }

    test('cannot lower the threshold: a sum without its highest coefficient is refused', () => {
      const holders = dealKey([1, 2, 3], 2, suite) as [Holder, Holder, Holder];
      const [first, second] = holders;
      const open = openRefresh(holders);
      const slope = subtractScalars(scalarOf(second.signingShare), [scalarOf(first.signingShare)]);
      const ofOthers = [1, 2].flatMap((index) => at(open.states, index).coefficients.map(scalarOf));
      const opposite = subtractScalars(0n, [slope, ...ofOthers]);
      expect(answersTo(holders, open, [opposite])).toEqual([nothing, nothing]);
    });

    test('cannot leave another with a share of zero', () => {
      const holders = dealKey([1, 2, 3], 3, suite) as [Holder, Holder, Holder];
      const open = openRefresh(holders);
      const ofOthers = [1, 2].map((index) =>
        evaluate([0n, ...at(open.states, index).coefficients.map(scalarOf)], 2),
      );
      const wanted = subtractScalars(0n, [scalarOf(holders[1].signingShare), ...ofOthers]);
      // With a square of one, the linear term that makes the value at 2 the wanted one.
      const linear = multiplyScalars(subtractScalars(wanted, [4n]), lagrangeWeight([2, 0], 2, 1));
      expect(evaluate([0n, linear, 1n], 2)).toBe(wanted);
      expect(answersTo(holders, open, [linear, 1n])).toEqual([nothing, nothing]);
    });
  });

  describe('what a refresh never does', () => {
    const holders = dealKey(membersOf(3), 2, suite) as [Holder, Holder, Holder];
    const [{ group, signingShare }] = holders;

    test('go on without a member, at either step', () => {
      const open = openRefresh(holders);
      const state = at(open.states, 1);
      const without = new Map(open.packages);
      without.delete(3);
      expect(() => dealRefreshShares(state, without)).toThrow('missing');
      const received = receivedBy(1, dealAll(open));
      received.delete(2);
      expect(() => finishRefresh(state, received, signingShare)).toThrow('missing');
    });

    test('start from a key that does not hang together, or for somebody outside it', () => {
      const [one, two, three] = group.shares;
      if (!one || !two || !three) throw new Error('missing');
      const swapped = [{ ...one, verifyingShare: two.verifyingShare }, two, three];
      expect(() => startRefresh(suite, { ...group, shares: swapped }, 1)).toThrow('consistent');
      expect(() => startRefresh(suite, { ...group, threshold: 3 }, 1)).toThrow('consistent');
      expect(() => startRefresh(suite, { ...group, shares: [one, one, two] }, 1)).toThrow(
        'consistent',
      );
      expect(() => startRefresh(suite, group, 4)).toThrow('consistent');
    });

    test("add to a share that is not the member's own of that key", () => {
      const open = openRefresh(holders);
      const received = receivedBy(1, dealAll(open));
      for (const wrong of [holders[1].signingShare, new Uint8Array(32)])
        expect(() => finishRefresh(at(open.states, 1), received, wrong)).toThrow('belong');
    });

    test('add shares up before the packages were checked, or twice', () => {
      const open = openRefresh(holders);
      const state = at(open.states, 1);
      expect(() => finishRefresh(state, new Map(), signingShare)).toThrow('not checked');
      const received = receivedBy(1, dealAll(open));
      done(finishRefresh(state, received, signingShare));
      expect(() => finishRefresh(state, received, signingShare)).toThrow('over');
    });

    test('keep its polynomial: it is wiped when finished and when abandoned', () => {
      const open = openRefresh(holders);
      const dealt = dealAll(open);
      const [one, two] = [at(open.states, 1), at(open.states, 2)];
      const kept = [...one.coefficients, ...two.coefficients];
      expect(kept.some((bytes) => bytes.some((byte) => byte !== 0))).toBe(true);
      done(finishRefresh(one, receivedBy(1, dealt), signingShare));
      abandonRefresh(two);
      abandonRefresh(two);
      expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
      expect(() => dealRefreshShares(two, open.packages)).toThrow('over');
    });

    test('touch the old share, which signs until all members have switched', () => {
      refreshAll(holders);
      expect(shareBelongs(suite, group, 1, signingShare)).toBe(true);
      expect(sign(group, holders.slice(0, 2), message)).toMatchObject({ ok: true });
    });
  });
});
