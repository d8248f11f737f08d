import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeAt, replacementFee } from './fees.ts';
import { INPUTS_MAX } from './limits.ts';
import { selectCoins, type Coin, type SelectionAsk } from './select-coins.ts';
import { virtualBytes } from './virtual-size.ts';

const coin = (amount: bigint, vout = 0): Coin => ({ txid: 'ab'.repeat(32), vout, amount });
const ask = (changes: Partial<SelectionAsk<Coin>>): SelectionAsk<Coin> => ({
  kind: 'p2tr',
  coins: [],
  first: null,
  amount: 100_000n,
  recipientScript: 34,
  changeScript: 34,
  rate: 1_000n,
  highestFee: 10_000n,
  replaced: null,
  ...changes,
});
/** At one satoshi a virtual byte the fee is the size: one input, one output, and with change. */
const alone = 111n;
const withChange = 154n;

describe('the choice of coins', () => {
  it('takes the largest first, and as few as do', () => {
    const coins = [coin(50_000n), coin(80_000n, 1), coin(200_000n, 2), coin(60_000n, 3)];
    expect(selectCoins(ask({ coins }))).toEqual({
      ok: true,
      coins: [coins[2]],
      fee: withChange,
      change: 200_000n - 100_000n - withChange,
    });
    expect(selectCoins(ask({ coins, amount: 250_000n }))).toMatchObject({
      ok: true,
      coins: [coins[2], coins[1]],
    });
  });

  it('is the same for the same coins in any order', () => {
    const coins = Array.from({ length: 6 }, (_, vout) => coin(30_000n + BigInt(vout % 2), vout));
    const one = selectCoins(ask({ coins }));
    expect(one.ok).toBe(true);
    expect(selectCoins(ask({ coins: coins.toReversed() }))).toEqual(one);
  });

  it('returns change that is worth having, and leaves what would be dust to the fee', () => {
    const rest = (extra: bigint) =>
      selectCoins(ask({ coins: [coin(100_000n + withChange + extra)] }));
    expect(rest(330n)).toMatchObject({ ok: true, fee: withChange, change: 330n });
    expect(rest(329n)).toMatchObject({ ok: true, fee: withChange + 329n, change: 0n });
    expect(selectCoins(ask({ coins: [coin(100_000n + alone)] }))).toMatchObject({
      ok: true,
      fee: alone,
      change: 0n,
    });
  });

  it('spends one coin more where the rest would be dust and put the fee above its bound', () => {
    const coins = [coin(100_000n + withChange + 329n), coin(5_000n, 1)];
    const of = ask({ coins, highestFee: 300n });
    expect(selectCoins(of)).toMatchObject({ ok: true, coins, change: 5_000n + 329n - 58n });
  });

  it('says by name why there is none', () => {
    expect(selectCoins(ask({}))).toEqual({ ok: false, refusal: 'insufficient-funds' });
    expect(selectCoins(ask({ coins: [coin(100_000n + alone - 1n)] }))).toEqual({
      ok: false,
      refusal: 'insufficient-funds',
    });
    expect(selectCoins(ask({ coins: [coin(200_000n)], highestFee: withChange - 1n }))).toEqual({
      ok: false,
      refusal: 'fee-above-bound',
    });
    const small = Array.from({ length: 70 }, (_, vout) => coin(1_550n, vout));
    expect(selectCoins(ask({ coins: small }))).toEqual({ ok: false, refusal: 'too-many-inputs' });
    expect(selectCoins(ask({ coins: small.slice(0, INPUTS_MAX) }))).toEqual({
      ok: false,
      refusal: 'insufficient-funds',
    });
  });

  it('never takes more coins than parties sign together', () => {
    const coins = Array.from({ length: 70 }, (_, vout) => coin(10_000n, vout));
    const most = (kind: 'p2tr' | 'p2wpkh', amount: bigint) => {
      const chosen = selectCoins(ask({ kind, coins, amount, highestFee: 20_000n }));
      return chosen.ok ? chosen.coins.length : chosen.refusal;
    };
    expect(most('p2tr', 630_000n)).toBe(64);
    expect(most('p2wpkh', 158_000n)).toBe(16);
    expect(most('p2wpkh', 159_000n)).toBe('too-many-inputs');
  });

  it('spends the coin that has to come first before all others', () => {
    const coins = [coin(900_000n), coin(400n, 1), coin(500n, 2)];
    const chosen = selectCoins(ask({ coins, first: coins[1] ?? null }));
    expect(chosen).toMatchObject({ ok: true, coins: [coins[1], coins[0]] });
  });

  it('finds a payment wherever the largest coins can make one, and never spends a coin twice', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10_000n }), { maxLength: 90 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 330n, max: 400_000n }), (drawn, amount) => {
        const coins = drawn.map((value, vout) => coin(value, vout));
        const chosen = selectCoins(ask({ coins, amount, highestFee: 1_000_000n }));
        if (chosen.ok) {
          const total = chosen.coins.reduce((sum, entry) => sum + entry.amount, 0n);
          expect(total).toBe(amount + chosen.fee + chosen.change);
          expect(new Set(chosen.coins).size).toBe(chosen.coins.length);
          return;
        }
        const largest = coins.toSorted((left, right) => Number(right.amount - left.amount));
        let total = 0n;
        for (const [at, { amount: value }] of largest.slice(0, INPUTS_MAX).entries()) {
          total += value;
          const size = virtualBytes({ kind: 'p2tr', inputs: at + 1, outputs: [34] });
          expect(total).toBeLessThan(amount + BigInt(size));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the fee of a replacement', () => {
  it('is above the old one by what passing it on costs, and at a higher rate', () => {
    const sizes = fc.integer({ min: 100, max: 5_000 });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 8n }), sizes, sizes, (fee, before, now) => {
        const least = replacementFee({ fee, virtualBytes: before, inputs: 1 }, now);
        expect(least).toBeGreaterThanOrEqual(fee + BigInt(now));
        expect(least * BigInt(before - 1)).toBeGreaterThan(fee * BigInt(now));
      }),
    );
    expect(feeAt(1_001n, 111)).toBe(112n);
  });
});
