import { describe, expect, test } from 'vitest';
import { toHex } from '../wire/encoding.ts';
import { publicKeyOf } from './group.ts';
import { abandonRepair, dealDeltas, finishRepair, startRepair, sumDeltas } from './repair.ts';
import { isRepairPlan, repairPackage, type RepairPackage } from './repair-plan.ts';
import {
  at,
  dealAllDeltas,
  dealKey,
  done,
  membersOf,
  openRepair,
  receivedBy,
  refreshAll,
  repairShare,
  sign,
  sumAll,
  type Holder,
} from './testing/holders.ts';
import { badPoints, everySuite, verifies } from './testing/suites.ts';

describe.each(everySuite)('%s: repair', (_name, suite) => {
  const {
    addPoints,
    addScalars,
    commitTo,
    lagrangeWeight,
    multiplyScalars,
    pointHex,
    pointOf,
    scalarBytes,
    scalarOf,
    subtractScalars,
  } = suite.arithmetic;

  const message = new TextEncoder().encode('a transaction');
  const holders = dealKey(membersOf(5), 3, suite) as [Holder, Holder, Holder, Holder, Holder];
  const [first, second, third, fourth, fifth] = holders;
  const { group } = first;
  /** Member 2 lost its share; 1, 4 and 5 help. */
  const helpers = [first, fourth, fifth];

  const lessOne = (share: Uint8Array): Uint8Array =>
    scalarBytes(subtractScalars(scalarOf(share), [1n]));
  const wrongScalars: [string, (honest: Uint8Array, other: Uint8Array) => Uint8Array][] = [
    ['meant for another', (_, other) => other],
    ['off by one', lessOne],
    ['of zero', () => new Uint8Array(32)],
    ['that is not below the order of the group', () => new Uint8Array(32).fill(255)],
    ['a byte short', (honest) => honest.slice(1)],
  ];

  describe('a repair', () => {
    test('rebuilds the very share that was lost, whichever members help and in whatever order', () => {
      for (const those of [helpers, [fifth, third, fourth], [fourth, first, third]])
        expect(repairShare(2, those)).toEqual(second.signingShare);
    });

    test('makes a share that signs', () => {
      const repaired = { ...second, signingShare: repairShare(2, helpers) };
      const { signature } = done(sign(group, [repaired, third, fourth], message));
      expect(verifies(suite, publicKeyOf(group), message, signature)).toBe(true);
    });

    test('works for numbers that are not consecutive, and after a refresh', () => {
      const [one, four, five] = refreshAll(dealKey([1, 4, 5], 2, suite)) as [
        Holder,
        Holder,
        Holder,
      ];
      expect(repairShare(4, [five, one])).toEqual(four.signingShare);
    });

    test('shows nobody a share: neither what travels nor what anybody adds up is one', () => {
      const open = openRepair(2, helpers);
      const dealt = dealAllDeltas(open);
      const travelled = [...dealt.values()].flatMap((deltas) => [...deltas.values()]);
      const sums = [...open.states].map(
        ([index, state]) => done(sumDeltas(state, receivedBy(index, dealt))).sigma,
      );
      const seen = new Set([...travelled, ...sums].map(toHex));
      expect(seen.size).toBe(9);
      for (const { signingShare } of holders) expect(seen.has(toHex(signingShare))).toBe(false);
    });

    test('never splits the same way twice', () => {
      const deltas = [openRepair(2, helpers), openRepair(2, helpers)].flatMap(({ packages }) =>
        [...packages.values()].flatMap((shown) => shown.deltas),
      );
      expect(new Set(deltas).size).toBe(18);
    });
  });

  describe('a plan', () => {
    test('has exactly as many helpers as the threshold, members all, the lost one not among them', () => {
      expect(isRepairPlan({ suite, group, lost: 2, helpers: [5, 1, 4] })).toBe(true);
      const unsound: [number, number[]][] = [
        [2, [1, 4]],
        [2, [1, 3, 4, 5]],
        [2, [1, 4, 4]],
        [2, [1, 2, 4]],
        [2, [1, 4, 6]],
        [6, [1, 4, 5]],
        [2, []],
      ];
      for (const [lost, those] of unsound) {
        const plan = { suite, group, lost, helpers: those };
        expect(isRepairPlan(plan)).toBe(false);
        expect(() => startRepair(plan, 1, first.signingShare)).toThrow('threshold');
        expect(() => finishRepair(plan, new Map(), new Map())).toThrow('plan');
      }
    });

    test('is joined only by its helpers, with their own share of that very key', () => {
      const plan = { suite, group, lost: 2, helpers: [1, 4, 5] };
      expect(() => startRepair(plan, 3, third.signingShare)).toThrow('threshold');
      expect(() => startRepair(plan, 1, fourth.signingShare)).toThrow('belong');
      const [renewed] = refreshAll(holders) as [Holder];
      expect(() => startRepair(plan, 1, renewed.signingShare)).toThrow('belong');
    });

    test('with one helper too few rebuilds nothing, even when its helpers play it by themselves', () => {
      const weighted = [first, fourth].map(({ index, signingShare }) =>
        multiplyScalars(lagrangeWeight([1, 4], index, 2), scalarOf(signingShare)),
      );
      expect(scalarBytes(addScalars(weighted))).not.toEqual(second.signingShare);
      const lower = { ...group, threshold: 2, commitments: group.commitments.slice(0, 2) };
      const plan = { suite, group: lower, lost: 2, helpers: [1, 4] };
      expect(isRepairPlan(plan)).toBe(true);
      expect(() => startRepair(plan, 1, first.signingShare)).toThrow('belong');
      const open = openRepair(2, helpers);
      const sums = sumAll(open);
      sums.delete(5);
      expect(() => finishRepair(open.plan, open.packages, sums)).toThrow('missing');
    });
  });

  describe("a helper's package", () => {
    const open = openRepair(2, helpers);
    const honest = at(open.packages, 4);
    const [one, two, three] = honest.deltas as [string, string, string];
    const elsewhere = openRepair(2, helpers);
    const sum = (...points: string[]): string => pointHex(addPoints(points.map(pointOf)));
    const moved = (hex: string, by: 1n | -1n): string =>
      by > 0n
        ? sum(hex, pointHex(commitTo(by)))
        : pointHex(pointOf(hex).add(commitTo(-by).negate()));

    test('has the form of the wire', () => {
      expect(repairPackage(suite).parse(honest)).toEqual(honest);
      expect(repairPackage(suite).safeParse({ ...honest, proof: '' }).success).toBe(false);
    });

    test.each<[string, string[]]>([
      ['that does not add up to its weighted share', [one, moved(two, 1n), three]],
      ['with a delta too few', [one, sum(two, three)]],
      ['with a delta too many', [one, two, moved(three, -1n), pointHex(commitTo(1n))]],
      ['of another helper', at(open.packages, 5).deltas],
      ['with a point of another repair', [at(elsewhere.packages, 4).deltas[0] ?? '', two, three]],
      ...badPoints(suite).map(([what, hex]): [string, string[]] => [
        `with ${what}`,
        [one, two, hex],
      ]),
      ['with nothing', []],
    ])('%s is refused by the other helpers and by the lost member, and named', (_, deltas) => {
      const refused = { ok: false, refusal: 'repair-commitment-unsound', culprit: 4 };
      const seen = new Map<number, RepairPackage>(open.packages).set(4, { deltas });
      for (const helper of [1, 5])
        expect(dealDeltas(at(open.states, helper), seen)).toEqual(refused);
      const sums = new Map([1, 4, 5].map((index) => [index, first.signingShare]));
      expect(finishRepair(open.plan, seen, sums)).toEqual(refused);
    });

    test('that splits something other than its share is named, though it adds up in itself', () => {
      const other = dealKey(membersOf(5), 3, suite)[3] as Holder;
      const foreign = startRepair({ ...open.plan, group: other.group }, 4, other.signingShare);
      const seen = new Map(open.packages).set(4, foreign.revealed);
      expect(dealDeltas(at(open.states, 1), seen)).toMatchObject({ ok: false, culprit: 4 });
    });
  });

  describe('a delta', () => {
    test.each(wrongScalars)('%s is refused and its sender named', (_, wrong) => {
      const open = openRepair(2, helpers);
      const dealt = dealAllDeltas(open);
      const received = receivedBy(1, dealt);
      received.set(5, wrong(at(received, 5), at(at(dealt, 5), 4)));
      const state = at(open.states, 1);
      expect(sumDeltas(state, received)).toEqual({
        ok: false,
        refusal: 'repair-delta-invalid',
        culprit: 5,
      });
      expect(() => sumDeltas(state, receivedBy(1, dealt))).toThrow('over');
    });
  });

  describe("a helper's sum", () => {
    test.each(wrongScalars)('%s is refused and its sender named', (_, wrong) => {
      const open = openRepair(2, helpers);
      const sums = sumAll(open);
      const seen = new Map(sums).set(4, wrong(at(sums, 4), at(sums, 5)));
      expect(finishRepair(open.plan, open.packages, seen)).toEqual({
        ok: false,
        refusal: 'repair-sigma-invalid',
        culprit: 4,
      });
    });

    test('is checked also where two helpers move theirs so that the total stays right', () => {
      const open = openRepair(2, helpers);
      const sums = sumAll(open);
      const more = scalarBytes(subtractScalars(scalarOf(at(sums, 5)), [-1n]));
      const seen = new Map(sums).set(4, lessOne(at(sums, 4))).set(5, more);
      expect(finishRepair(open.plan, open.packages, seen)).toMatchObject({ ok: false, culprit: 4 });
    });
  });

  describe('the lost member', () => {
    test('refuses a key that does not hang together, and names nobody', () => {
      const open = openRepair(2, helpers);
      const sums = sumAll(open);
      const wrong = { ok: false, refusal: 'repair-share-wrong', culprit: null };
      /** The key with the verifying share of another at this member. */
      const exchanged = (member: number) =>
        group.shares.map((share) =>
          share.index === member
            ? { ...share, verifyingShare: group.shares[member % 5]?.verifyingShare ?? '' }
            : share,
        );
      const tampered = [
        { ...group, shares: exchanged(2) },
        // Neither the lost member nor a helper: only the polynomial tells.
        { ...group, shares: exchanged(3) },
        { ...group, commitments: [...group.commitments.slice(0, 2), group.commitments[0] ?? ''] },
        { ...group, commitments: group.commitments.slice(0, 2) },
        { ...group, commitments: [...group.commitments.slice(0, 2), 'zz'] },
      ];
      for (const told of tampered)
        expect(finishRepair({ ...open.plan, group: told }, open.packages, sums)).toEqual(wrong);
      expect(finishRepair(open.plan, open.packages, sums)).toEqual({
        ok: true,
        signingShare: second.signingShare,
      });
    });

    test('refuses helpers who work on another epoch than the key it knows', () => {
      const renewed = refreshAll(holders) as [Holder];
      const open = openRepair(2, helpers);
      const plan = { ...open.plan, group: renewed[0].group };
      expect(finishRepair(plan, open.packages, sumAll(open))).toEqual({
        ok: false,
        refusal: 'repair-commitment-unsound',
        culprit: 1,
      });
    });
  });

  describe('what a helper never does', () => {
    test('go on without another helper, at either step', () => {
      const open = openRepair(2, helpers);
      const without = new Map(open.packages);
      without.delete(5);
      expect(() => dealDeltas(at(open.states, 1), without)).toThrow('missing');
      const received = receivedBy(1, dealAllDeltas(open));
      received.delete(4);
      expect(() => sumDeltas(at(open.states, 1), received)).toThrow('missing');
    });

    test('add up before the packages were checked, or twice', () => {
      const open = openRepair(2, helpers);
      const state = at(open.states, 1);
      expect(() => sumDeltas(state, new Map())).toThrow('nothing was dealt');
      const received = receivedBy(1, dealAllDeltas(open));
      done(sumDeltas(state, received));
      expect(() => sumDeltas(state, received)).toThrow('over');
      expect(() => dealDeltas(state, open.packages)).toThrow('over');
    });

    test('keep its deltas: they are wiped when added up and when abandoned', () => {
      const open = openRepair(2, helpers);
      const [one, four] = [at(open.states, 1), at(open.states, 4)];
      const kept = [...one.deltas.values(), ...four.deltas.values()];
      const received = receivedBy(1, dealAllDeltas(open));
      expect(kept.every((bytes) => bytes.some((byte) => byte !== 0))).toBe(true);
      done(sumDeltas(one, received));
      abandonRepair(four);
      abandonRepair(four);
      expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    });
  });
});
