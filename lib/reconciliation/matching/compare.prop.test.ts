import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, outcomeDigest, type Outcome } from './compare.ts';
import { inputsDigest, type RunInputs } from './inputs.ts';
import type { Item } from './item.ts';
import { inputsOf, itemOf } from './testing/make-inputs.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 20_000 : 400;

/** Few names and amounts, so that much of it meets. */
const draft = fc.record({
  transaction: fc.option(fc.constantFrom('t1', 't2', 't3', 't4'), { nil: null }),
  reference: fc.option(fc.constantFrom('r1', 'r2'), { nil: null }),
  amount: fc.integer({ min: -4, max: 4 }).filter((amount) => amount !== 0),
  day: fc.integer({ min: 10, max: 27 }),
  corrects: fc.option(fc.constantFrom('1', '2'), { nil: null, freq: 4 }),
  isYoung: fc.boolean(),
});
const side = (name: (index: number) => string): fc.Arbitrary<Item[]> =>
  fc.array(draft, { maxLength: 14 }).map((drafts) =>
    drafts.map(({ amount, day, isYoung, corrects, ...rest }, index) =>
      itemOf(name(index), BigInt(amount), {
        ...rest,
        at: isYoung ? '2026-11-27T23:59:00.000Z' : `2026-11-${day}T12:00:00.000Z`,
        corrects: name(0).startsWith('journal') ? corrects : null,
      }),
    ),
  );
const inputs: fc.Arbitrary<RunInputs> = fc
  .record({
    kind: fc.constantFrom('chain' as const, 'bank' as const),
    ledger: side((index) => `journal:${index + 1}:1`),
    outside: side((index) => `entry:${index + 1}`),
    rest: fc.integer({ min: -2, max: 2 }),
    fee: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ kind, ledger, outside, rest, fee }) => {
    const made = inputsOf(kind, ledger, outside, BigInt(rest));
    return {
      ...made,
      rules: made.rules.map((rule) =>
        rule.by === 'amount' ? { ...rule, feeTolerance: fee.toString() } : rule,
      ),
    };
  });

const total = (outcome: Outcome): bigint =>
  outcome.differences.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) >>> 3 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** For each property; the long form of one takes minutes. */
const timeout = isLong ? 20 * 60_000 : 30_000;

describe('a run', { timeout }, () => {
  it('leaves nothing over: its differences sum to outside less ledger', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const outcome = compare(given);
        expect(total(outcome)).toBe(BigInt(given.outside.balance) - BigInt(given.ledger.balance));
      }),
      { numRuns: runs },
    );
  });

  it('puts every item into one difference at most, and what is in none agrees in sum', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const outcome = compare(given);
        const named = outcome.differences.flatMap(({ ledger, outside }) =>
          [...ledger, ...outside].map(({ ref }) => ref),
        );
        expect(new Set(named).size).toBe(named.length);
        const open = [...outcome.open.ledger, ...outcome.open.outside].map(({ ref }) => ref);
        expect(open.toSorted()).toEqual(named.toSorted());
        const sum = (items: readonly Item[]): bigint =>
          items.reduce((all, { amount }) => all + BigInt(amount), 0n);
        // Matched and netted items cancel out, so what is still open carries all of the difference.
        expect(sum(given.outside.items) - sum(outcome.open.outside)).toBe(
          sum(given.ledger.items) - sum(outcome.open.ledger),
        );
      }),
      { numRuns: runs },
    );
  });

  it('comes to the same, byte for byte, whatever order its items are in', () => {
    fc.assert(
      fc.property(inputs, fc.integer(), (given, seed) => {
        const other: RunInputs = {
          ...given,
          ledger: { ...given.ledger, items: shuffled(given.ledger.items, seed) },
          outside: { ...given.outside, items: shuffled(given.outside.items, seed) },
        };
        expect(inputsDigest(other)).toBe(inputsDigest(given));
        expect(outcomeDigest(compare(other))).toBe(outcomeDigest(compare(given)));
      }),
      { numRuns: runs },
    );
  });

  it('tells its differences apart, and knows each again in the next run on what is still open', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const outcome = compare(given);
        const identities = outcome.differences.map(({ identity }) => identity);
        expect(new Set(identities).size).toBe(identities.length);
        const next = compare({
          ...given,
          ledger: { ...given.ledger, items: outcome.open.ledger },
          outside: { ...given.outside, items: outcome.open.outside },
        });
        const told = ({ differences }: Outcome) =>
          differences.map(({ identity, content, cause }) => [identity, content, cause]);
        expect(told(next)).toEqual(told(outcome));
      }),
      { numRuns: runs },
    );
  });

  it('takes time in line with its items', () => {
    const many = (count: number): RunInputs =>
      inputsOf(
        'bank',
        Array.from({ length: count }, (_, at) => itemOf(`journal:${at}:1`, BigInt((at % 7) + 1))),
        Array.from({ length: count }, (_, at) => itemOf(`entry:${at}`, BigInt((at % 7) + 1))),
      );
    const once = (given: RunInputs): number => {
      const started = performance.now();
      expect(compare(given).differences).toEqual([]);
      return performance.now() - started;
    };
    // The fastest of a few: what else the machine does can only make one slower.
    const timed = (given: RunInputs): number =>
      Math.min(...Array.from({ length: 5 }, () => once(given)));
    const [small, large] = [timed(many(5_000)), timed(many(40_000))];
    // Eight times the items; quadratic work would take sixty-four times as long.
    expect(large).toBeLessThan(Math.max(small, 20) * 32);
  });
});
