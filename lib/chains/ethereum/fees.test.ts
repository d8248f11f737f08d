import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundPerGas, chooseFees, replacementFees, type FeeMarket } from './fees.ts';

const GWEI = 1_000_000_000n;
const calm: FeeMarket = {
  baseFees: [9n * GWEI, 10n * GWEI],
  priorityFees: [GWEI, GWEI, 2n * GWEI],
};

const wei = fc.bigInt({ min: 0n, max: 10n ** 13n });
const market = fc.record({
  baseFees: fc.array(wei, { minLength: 1, maxLength: 11 }),
  priorityFees: fc.array(wei, { maxLength: 10 }),
});

describe('the price of a first try', () => {
  it('is twice the next base fee and the usual priority', () => {
    expect(chooseFees(calm, 1_000n * GWEI)).toEqual({
      ok: true,
      price: { maxFeePerGas: 21n * GWEI, maxPriorityFeePerGas: GWEI },
    });
  });

  it('stays at the bound where the market would ask for more', () => {
    expect(chooseFees(calm, 12n * GWEI)).toEqual({
      ok: true,
      price: { maxFeePerGas: 12n * GWEI, maxPriorityFeePerGas: GWEI },
    });
  });

  it('is refused by name where the bound buys no place in the next block', () => {
    expect(chooseFees(calm, 10n * GWEI)).toEqual({ ok: false, refusal: 'fee-bound-below-market' });
  });

  it('does not follow one odd block, nor priority fees that somebody drove up', () => {
    const odd = { ...calm, priorityFees: [GWEI, 900n * GWEI, GWEI] };
    expect(chooseFees(odd, 1_000n * GWEI)).toEqual(chooseFees(calm, 1_000n * GWEI));
    const driven = { ...calm, priorityFees: [500n * GWEI, 500n * GWEI] };
    expect(chooseFees(driven, 1_000n * GWEI)).toMatchObject({
      price: { maxPriorityFeePerGas: 3n * GWEI },
    });
  });

  it('is never above the bound, never below the next base fee, priority inside the whole', () => {
    fc.assert(
      fc.property(market, wei, (of, bound) => {
        const choice = chooseFees(of, bound);
        const next = of.baseFees.at(-1) ?? 0n;
        if (!choice.ok) {
          expect(bound).toBeLessThan(next + GWEI / 100n);
          return;
        }
        const { maxFeePerGas, maxPriorityFeePerGas } = choice.price;
        expect(maxFeePerGas).toBeLessThanOrEqual(bound);
        expect(maxFeePerGas).toBeGreaterThanOrEqual(next + maxPriorityFeePerGas);
        expect(maxPriorityFeePerGas).toBeGreaterThan(0n);
      }),
    );
  });

  it('is no guess: without a next base fee there is none', () => {
    expect(() => chooseFees({ baseFees: [], priorityFees: [] }, GWEI)).toThrow(RangeError);
  });
});

describe('the price of a replacement', () => {
  it('is a tenth more in both fees where the market stands still', () => {
    const previous = { maxFeePerGas: 25n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(replacementFees(previous, calm, 100n * GWEI)).toEqual({
      ok: true,
      price: { maxFeePerGas: 27_500_000_000n, maxPriorityFeePerGas: 1_100_000_000n },
    });
  });

  it('is what the market asks where that is more', () => {
    const previous = { maxFeePerGas: 5n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(replacementFees(previous, calm, 100n * GWEI)).toMatchObject({
      price: { maxFeePerGas: 21_100_000_000n },
    });
  });

  it('is refused by name above the bound, and where the bound buys nothing', () => {
    const previous = { maxFeePerGas: 25n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(replacementFees(previous, calm, 27n * GWEI)).toEqual({
      ok: false,
      refusal: 'replacement-above-bound',
    });
    const low = { maxFeePerGas: 2n * GWEI, maxPriorityFeePerGas: GWEI };
    expect(replacementFees(low, calm, 9n * GWEI)).toEqual({
      ok: false,
      refusal: 'fee-bound-below-market',
    });
  });

  it("keeps the node's rule and the bound for whatever came before", () => {
    fc.assert(
      fc.property(market, wei, wei, wei, (of, one, two, bound) => {
        const previous = {
          maxFeePerGas: one > two ? one : two,
          maxPriorityFeePerGas: one > two ? two : one,
        };
        const choice = replacementFees(previous, of, bound);
        if (!choice.ok) return;
        const { maxFeePerGas, maxPriorityFeePerGas } = choice.price;
        expect(maxFeePerGas).toBeLessThanOrEqual(bound);
        expect(maxPriorityFeePerGas).toBeLessThanOrEqual(maxFeePerGas);
        expect(maxFeePerGas * 10n).toBeGreaterThanOrEqual(previous.maxFeePerGas * 11n);
        expect(maxPriorityFeePerGas * 10n).toBeGreaterThanOrEqual(
          previous.maxPriorityFeePerGas * 11n,
        );
        expect(maxFeePerGas).toBeGreaterThan(previous.maxFeePerGas);
        expect(maxPriorityFeePerGas).toBeGreaterThan(previous.maxPriorityFeePerGas);
      }),
    );
  });
});

it('a highest fee leaves a bound that the gas limit never exceeds', () => {
  expect(boundPerGas(1_000_000n, 21_000n) * 21_000n).toBeLessThanOrEqual(1_000_000n);
});
