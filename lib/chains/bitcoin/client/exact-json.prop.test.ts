import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { btcAmount } from './answers.ts';
import { ExactDecimal, parseExactJson } from './exact-json.ts';

const amount = fc.bigInt({ min: 0n, max: 21_000_000n * 100_000_000n });
const asBtc = (satoshis: bigint): string => {
  const digits = satoshis.toString().padStart(9, '0');
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`;
};

describe('an amount in bitcoin', () => {
  it('becomes satoshis to the last digit, however it is written', () => {
    fc.assert(
      fc.property(amount, (satoshis) => {
        const trimmed = asBtc(satoshis).replace(/\.?0+$/, '') || '0';
        for (const text of [asBtc(satoshis), trimmed, `${satoshis}e-8`, `${asBtc(satoshis)}00`])
          expect(btcAmount.parse(parseExactJson(text))).toBe(satoshis);
      }),
    );
  });

  it.each(['0.000000001', '-0.00000001', '21000000.00000001', '1e-9', '1e30', '"1"', 'null'])(
    '%s is none',
    (text) => {
      expect(btcAmount.safeParse(parseExactJson(text)).success).toBe(false);
    },
  );
});

it('a number is shifted exactly or not at all', () => {
  expect(new ExactDecimal('1.5').shifted(0)).toBeNull();
  expect(new ExactDecimal('1.50').shifted(1)).toBe(15n);
  expect(new ExactDecimal('-2.5e1').shifted(0)).toBe(-25n);
  expect(new ExactDecimal('1e999').shifted(8)).toBeNull();
});

it('integers of any size stay exact, and numbers with endless digits are refused', () => {
  expect(parseExactJson('{"a":[9007199254740993]}')).toEqual({ a: [9007199254740993n] });
  expect(() => parseExactJson('9'.repeat(100))).toThrow(SyntaxError);
});
