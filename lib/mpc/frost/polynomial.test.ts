import { isConsistent } from './group.ts';
import { describe, expect, test } from 'vitest';
import { dealKey, membersOf } from './testing/holders.ts';
import { badPoints, everySuite } from './testing/suites.ts';

describe.each(everySuite)('%s: polynomials', (_name, suite) => {
  const {
    commitTo,
    evaluate,
    evaluatePoints,
    lagrangeWeight,
    multiplyScalars,
    opens,
    scalarBytes,
    subtractScalars,
  } = suite.arithmetic;

  describe('a polynomial', () => {
    test('has the same value in numbers and in points', () => {
      const coefficients = [5n, 7n, 11n];
      expect(evaluate(coefficients, 3)).toBe(5n + 7n * 3n + 11n * 9n);
      for (const place of [1, 3, 16])
        expect(
          evaluatePoints(coefficients.map(commitTo), place).equals(
            commitTo(evaluate(coefficients, place)),
          ),
        ).toBe(true);
    });
  });

  describe('Lagrange weights', () => {
    test('bring any polynomial of low enough degree to any place', () => {
      const coefficients = [5n, 0n, 3n];
      for (const places of [
        [1, 2, 3],
        [5, 1, 16],
      ])
        for (const place of [0, 4, 7]) {
          const terms = places.map((index) =>
            multiplyScalars(lagrangeWeight(places, index, place), evaluate(coefficients, index)),
          );
          expect(subtractScalars(evaluate(coefficients, place), terms)).toBe(0n);
        }
    });

    test('are not defined for places that repeat or lack the own one', () => {
      expect(() => lagrangeWeight([1, 1, 2], 1, 3)).toThrow('distinct');
      expect(() => lagrangeWeight([1, 2], 3, 4)).toThrow('distinct');
    });
  });

  describe('a commitment', () => {
    test('is opened by its own secret in its one encoding and by nothing else', () => {
      expect(opens(commitTo(5n), scalarBytes(5n))).toBe(true);
      for (const wrong of [scalarBytes(6n), scalarBytes(0n), new Uint8Array(31), new Uint8Array(0)])
        expect(opens(commitTo(5n), wrong)).toBe(false);
      const identity = commitTo(5n).add(commitTo(5n).negate());
      expect(opens(identity, new Uint8Array(32))).toBe(false);
    });
  });

  describe('a group key', () => {
    test('hangs together only with every part as it was made', () => {
      const [{ group } = { group: undefined }] = dealKey(membersOf(3), 2, suite);
      if (!group) throw new Error('missing');
      const [one, two, three] = group.shares;
      const [constant, linear] = group.commitments;
      if (!one || !two || !three || !constant || !linear) throw new Error('missing');
      expect(isConsistent(suite, group)).toBe(true);
      expect(isConsistent(suite, { ...group, shares: [three, one, two] })).toBe(true);
      const [[, identity] = ['', '']] = badPoints(suite);
      const flat = membersOf(3).map((index) => ({ index, verifyingShare: constant }));
      const tampered = [
        { ...group, threshold: 3 },
        { ...group, commitments: [linear, constant] },
        { ...group, commitments: [constant, linear, linear] },
        { ...group, commitments: [constant] },
        { ...group, shares: [one, one, two] },
        { ...group, shares: [one] },
        { ...group, shares: [one, { ...two, verifyingShare: one.verifyingShare }, three] },
        { ...group, commitments: [constant, identity], shares: flat },
        { ...group, commitments: [constant, 'zz'] },
      ];
      for (const key of tampered) expect(isConsistent(suite, key)).toBe(false);
    });
  });
});
