import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundLeast, boundOf, verdictOf, type Weighing } from './outcome.ts';
import { addSkipped, countSkipped } from './skips.ts';

const usual: Weighing = {
  kind: 'nightly',
  free: 3,
  isApproved: true,
  approvedUpTo: null,
  earlier: [],
};

describe('what a run does with what it found', () => {
  it.each<[string, Partial<Weighing>, string]>([
    ['nothing where nothing is free to go', { free: 0 }, 'nothing'],
    ['nothing but a report where it only rehearses', { kind: 'rehearsal' }, 'rehearsed'],
    ['wait where nobody approved the rule as it is', { isApproved: false }, 'waits'],
    ['act within the bound', {}, 'act'],
    ['act up to the least bound', { free: boundLeast }, 'act'],
    ['ask beyond it', { free: boundLeast + 1 }, 'asks'],
    ['act on ten times the usual', { free: 2_000, earlier: [200, 200] }, 'act'],
    ['ask beyond ten times the usual', { free: 2_001, earlier: [200, 200] }, 'asks'],
    ['act on as many as somebody approved', { free: 9_000, approvedUpTo: 9_000 }, 'act'],
    ['ask about more than that', { free: 9_001, approvedUpTo: 9_000 }, 'asks'],
  ])('is to %s', (_, more, verdict) => {
    expect(verdictOf({ ...usual, ...more })).toBe(verdict);
  });

  it('is never to act without an approval, or in a rehearsal, or on more than the bound', () => {
    const weighing: fc.Arbitrary<Weighing> = fc.record({
      kind: fc.constantFrom('nightly', 'rehearsal'),
      free: fc.nat({ max: 100_000 }),
      isApproved: fc.boolean(),
      approvedUpTo: fc.option(fc.nat({ max: 100_000 })),
      earlier: fc.array(fc.nat({ max: 2_000 }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(weighing, (given) => {
        if (verdictOf(given) !== 'act') return;
        expect(given).toMatchObject({ kind: 'nightly', isApproved: true });
        expect(given.free).toBeLessThanOrEqual(boundOf(given));
      }),
    );
  });
});

it('what is left is counted by its reason', () => {
  const sum = addSkipped({ hold: 1 }, ['hold', null, 'request', null]);
  expect(sum).toEqual({ hold: 2, request: 1 });
  expect(countSkipped(sum)).toBe(3);
});
