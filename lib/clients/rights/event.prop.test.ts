import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf, rightsClock, rightsState, unitRatio } from './event.ts';
import { fractionText, partText } from './rights-view.ts';

const digits27 = fc.bigInt({ min: 1n, max: 10n ** 27n - 1n });

describe('what a sum of positions gives at a ratio', () => {
  it('is exact: whole units and the part of one that is left over are the product, to the last digit', () => {
    fc.assert(
      fc.property(
        digits27,
        digits27,
        digits27,
        fc.integer({ min: 0, max: 18 }),
        (held, numerator, denominator, brings) => {
          const ratio = unitRatio({ numerator, denominator }, { brings, asset: 9 });
          const { due, rest } = dueOf(held, ratio);
          expect(due * ratio.denominator + rest).toBe(held * ratio.numerator);
          expect(due >= 0n && rest >= 0n && rest < ratio.denominator).toBe(true);
          // Between whole coins it is the ratio that people typed.
          expect(ratio.numerator * denominator * 10n ** 9n).toBe(
            ratio.denominator * numerator * 10n ** BigInt(brings),
          );
        },
      ),
    );
  });

  it('a fraction is shown in lowest terms, and nothing as nothing', () => {
    expect(fractionText(145n, 1000n)).toBe('29/200');
    expect(fractionText(0n, 3n)).toBeNull();
    fc.assert(
      fc.property(digits27, digits27, (numerator, denominator) => {
        const [top = '', bottom = ''] = fractionText(numerator, denominator)?.split('/') ?? [];
        expect(BigInt(top) * denominator).toBe(BigInt(bottom) * numerator);
      }),
    );
  });
});

describe('what no unit is left for', () => {
  it('is an exact decimal where there is one, and a fraction where there is none', () => {
    expect(partText(145n, 1000n)).toBe('0.145');
    expect(partText(1n, 8n)).toBe('0.125');
    expect(partText(1n, 3n)).toBe('1/3');
    expect(partText(0n, 3n)).toBeNull();
  });
});

describe('the clock of a rights event', () => {
  const friday = '2026-11-27T15:00:00.000Z';
  const step = (name: string, at: string) => ({ step: name, at });
  const read = (now: string, steps: { step: string; at: string }[]) =>
    rightsClock({ at: friday }, steps, new Date(now));

  it('runs to the approval, then to the last one handed out, and for a dropped event not at all', () => {
    expect(read('2026-12-01T00:00:00.000Z', [])).toMatchObject({
      rule: 'entitlementsDetermined',
      state: 'overdue',
    });
    const approved = step('approved', '2026-11-30T09:00:00.000Z');
    expect(read('2026-12-01T00:00:00.000Z', [approved])).toMatchObject({
      rule: 'entitlementsHandedOut',
      from: approved.at,
      state: 'open',
    });
    const completed = step('completed', '2026-12-02T09:00:00.000Z');
    expect(read('2027-12-01T00:00:00.000Z', [approved, completed])?.state).toBe('met');
    expect(read('2027-12-01T00:00:00.000Z', [step('dropped', friday)])).toBeNull();
  });

  it('an event stands where its last step leads', () => {
    expect(rightsState([], false)).toBe('opened');
    expect(rightsState([step('computed', friday)], false)).toBe('computed');
    expect(rightsState([step('approved', friday)], true)).toBe('approved');
    expect(rightsState([step('completed', friday)], true)).toBe('taken-back');
  });
});
