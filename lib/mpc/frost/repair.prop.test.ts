import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finishRepair, sumDeltas } from './repair.ts';
import {
  at,
  dealAllDeltas,
  dealKey,
  flipped,
  membersOf,
  openRepair,
  receivedBy,
  repairShare,
  sign,
  sumAll,
  type Holder,
} from './testing/holders.ts';
import { everySuite } from './testing/suites.ts';

describe.each(everySuite)('%s: repair', (_name, suite) => {
  const message = new TextEncoder().encode('a transaction');

  /** A size up to 5, a threshold that leaves a helper for each of its members but one, who lost a share. */
  const repairs = fc
    .integer({ min: 3, max: 5 })
    .chain((size) =>
      fc.record({
        size: fc.constant(size),
        threshold: fc.integer({ min: 2, max: size - 1 }),
        order: fc.shuffledSubarray(membersOf(size), { minLength: size }),
      }),
    )
    .map(({ size, threshold, order: [lost = 0, ...others] }) => {
      const holders = dealKey(membersOf(size), threshold, suite);
      const holderOf = (index: number): Holder => {
        const found = holders[index - 1];
        if (!found) throw new Error('missing');
        return found;
      };
      return {
        lost: holderOf(lost),
        others: others.map(holderOf),
        helpers: others.slice(0, threshold).map(holderOf),
      };
    });

  describe('for every size up to 5, every threshold that allows it and any helpers', () => {
    test('the repaired share is the lost one and signs with any others', () => {
      fc.assert(
        fc.property(repairs, ({ lost, others, helpers }) => {
          const signingShare = repairShare(lost.index, helpers);
          expect(signingShare).toEqual(lost.signingShare);
          const quorum = [{ ...lost, signingShare }, ...others.slice(1 - helpers.length)];
          expect(sign(lost.group, quorum, message)).toMatchObject({ ok: true });
        }),
        { numRuns: 6 },
      );
    });

    test('one bit changed in a delta is refused, and its sender named', () => {
      fc.assert(
        fc.property(repairs, fc.nat(255), ({ lost, helpers }, bit) => {
          const [receiver, sender] = helpers as [Holder, Holder];
          const open = openRepair(lost.index, helpers);
          const received = receivedBy(receiver.index, dealAllDeltas(open));
          received.set(sender.index, flipped(at(received, sender.index), bit));
          expect(sumDeltas(at(open.states, receiver.index), received)).toEqual({
            ok: false,
            refusal: 'repair-delta-invalid',
            culprit: sender.index,
          });
        }),
        { numRuns: 6 },
      );
    });

    test('one bit changed in a sum is refused, and its sender named', () => {
      fc.assert(
        fc.property(repairs, fc.nat(255), ({ lost, helpers }, bit) => {
          const [sender] = helpers as [Holder];
          const open = openRepair(lost.index, helpers);
          const sums = sumAll(open);
          sums.set(sender.index, flipped(at(sums, sender.index), bit));
          expect(finishRepair(open.plan, open.packages, sums)).toEqual({
            ok: false,
            refusal: 'repair-sigma-invalid',
            culprit: sender.index,
          });
        }),
        { numRuns: 6 },
      );
    });

    test('one bit changed in a commitment is refused, and its sender named', () => {
      fc.assert(
        fc.property(repairs, fc.nat(255), fc.nat(), ({ lost, helpers }, bit, place) => {
          const [sender] = helpers as [Holder];
          const open = openRepair(lost.index, helpers);
          const honest = at(open.packages, sender.index).deltas;
          const deltas = honest.map((hex, which) =>
            which === place % honest.length
              ? Buffer.from(flipped(Buffer.from(hex, 'hex'), bit)).toString('hex')
              : hex,
          );
          const seen = new Map(open.packages).set(sender.index, { deltas });
          expect(finishRepair(open.plan, seen, sumAll(open))).toEqual({
            ok: false,
            refusal: 'repair-commitment-unsound',
            culprit: sender.index,
          });
        }),
        { numRuns: 6 },
      );
    });
  });
});
