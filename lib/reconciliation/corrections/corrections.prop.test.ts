import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unbalancedAssets, type CorrectionLine } from '#lib/protocol/correction.ts';
import { findLinesFault, readLines } from './read-lines.ts';
import { answerTo, attributionOf, reversalOf } from './suggest.ts';

const settings = { seed: 20_261_128, numRuns: 300 };
const units = fc.bigInt({ min: 1n, max: 10n ** 30n });
const account = fc.constantFrom(
  'client/C-1001/SOL',
  'client/C-1002/SOL',
  'vault/warm-1/SOL',
  'suspense/deposits/SOL',
  'bank/clients-1/EUR',
  'suspense/bank/EUR',
  'client/C-1001/EUR',
);

/** A journal that sums to zero per asset, as every one in the books does. */
const journal = fc
  .array(fc.record({ from: account, to: account, amount: units }), { minLength: 1, maxLength: 5 })
  .map((moves) =>
    moves.flatMap(({ from, to, amount }): CorrectionLine[] =>
      from.endsWith('SOL') === to.endsWith('SOL')
        ? [
            { account: to, amount: amount.toString() },
            { account: from, amount: (-amount).toString() },
          ]
        : [],
    ),
  );

const sums = (lines: readonly CorrectionLine[]) => {
  const all = new Map<string, bigint>();
  for (const { account: name, amount } of lines)
    all.set(name, (all.get(name) ?? 0n) + BigInt(amount));
  return all;
};

describe('whatever the books say', () => {
  test('a journal and its reversal, read back as typed, leave every account as it was', () => {
    fc.assert(
      fc.property(journal, (lines) => {
        const { lines: typed } = reversalOf({ id: '1', lines });
        const net = [...sums(lines).values()].filter((sum) => sum !== 0n);
        expect(typed).toHaveLength(net.length);
        if (typed.length === 0) return;
        const read = readLines(typed);
        if (!read.ok) throw new Error(read.refusal.sentence);
        for (const sum of sums([...lines, ...read.value]).values()) expect(sum).toBe(0n);
      }),
      settings,
    );
  });

  test('the answer to a difference moves the account by exactly the difference, and balances', () => {
    fc.assert(
      fc.property(units, fc.boolean(), fc.boolean(), (size, isShort, hasOutside) => {
        const amount = isShort ? -size : size;
        const { lines: typed } = answerTo({
          account: 'vault/warm-1/SOL',
          asset: 'SOL',
          amount,
          kind: 'chain',
          journal: null,
          hasOutside,
          missing: null,
        });
        const named = typed.map((line) =>
          line.account === '' ? { ...line, account: 'own-expense/losses/SOL' } : line,
        );
        const read = readLines(named);
        if (!read.ok) throw new Error(read.refusal.sentence);
        expect(sums(read.value).get('vault/warm-1/SOL')).toBe(amount);
        expect(unbalancedAssets(read.value)).toEqual([]);
      }),
      settings,
    );
  });

  test('an attribution takes from suspense what it gives', () => {
    fc.assert(
      fc.property(units, (amount) => {
        const typed = attributionOf('suspense/bank/EUR', amount, '1').lines.map((line) =>
          line.account === '' ? { ...line, account: 'client/C-1001/EUR' } : line,
        );
        const read = readLines(typed);
        if (!read.ok) throw new Error(read.refusal.sentence);
        expect(sums(read.value)).toEqual(
          new Map([
            ['suspense/bank/EUR', amount],
            ['client/C-1001/EUR', -amount],
          ]),
        );
      }),
      settings,
    );
  });

  test('lines are taken exactly when each account stands there once and every asset sums to zero', () => {
    const line = fc.record({
      account,
      amount: fc.bigInt({ min: -3n, max: 3n }).filter((n) => n !== 0n),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (drawn) => {
        const lines = drawn.map((one) => ({ ...one, amount: one.amount.toString() }));
        const perAsset = new Map<string, bigint>();
        for (const { account: name, amount } of drawn) {
          const asset = name.slice(-3);
          perAsset.set(asset, (perAsset.get(asset) ?? 0n) + amount);
        }
        const isGood =
          lines.length >= 2 &&
          new Set(lines.map((one) => one.account)).size === lines.length &&
          [...perAsset.values()].every((sum) => sum === 0n);
        expect(findLinesFault(lines) === null).toBe(isGood);
      }),
      { ...settings, numRuns: 2_000 },
    );
  });
});
