import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isConsistent, publicKeyOf, shareBelongs } from './group.ts';
import { dealRefreshShares, finishRefresh } from './refresh.ts';
import {
  at,
  dealAll,
  dealKey,
  flipped,
  membersOf,
  openRefresh,
  receivedBy,
  refreshAll,
  sign,
} from './testing/holders.ts';
import { everySuite } from './testing/suites.ts';

describe.each(everySuite)('%s: refresh', (_name, suite) => {
  const message = new TextEncoder().encode('a transaction');

  /** A size up to 5, a threshold from 2, and members in some order. */
  const shape = fc.integer({ min: 2, max: 5 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      threshold: fc.integer({ min: 2, max: size }),
      order: fc.shuffledSubarray(membersOf(size), { minLength: size }),
    }),
  );

  describe('for every size up to 5 and every threshold', () => {
    test('epochs follow each other under one public key, and only shares of one epoch sign', () => {
      fc.assert(
        fc.property(shape, fc.integer({ min: 1, max: 3 }), (of, epochs) => {
          const history = [dealKey(membersOf(of.size), of.threshold, suite)];
          for (let epoch = 1; epoch <= epochs; epoch += 1)
            history.push(refreshAll(history[epoch - 1] ?? []));
          const quorum = of.order.slice(0, of.threshold);
          const takenFrom = (epoch: number) =>
            quorum
              .map((index) => history[epoch]?.[index - 1])
              .filter((holder) => holder !== undefined);
          const last = takenFrom(epochs);
          const [{ group } = { group: undefined }] = last;
          if (!group) throw new Error('missing');
          expect(isConsistent(suite, group)).toBe(true);
          expect(publicKeyOf(group)).toBe(publicKeyOf(takenFrom(0)[0]?.group ?? group));
          for (const holder of last)
            expect(shareBelongs(suite, group, holder.index, holder.signingShare)).toBe(true);
          expect(sign(group, last, message)).toMatchObject({ ok: true });
          const [stale] = takenFrom(epochs - 1);
          if (!stale) throw new Error('missing');
          expect(shareBelongs(suite, group, stale.index, stale.signingShare)).toBe(false);
          expect(sign(group, [stale, ...last.slice(1)], message)).toEqual({
            ok: false,
            refusal: 'share-invalid',
            culprit: stale.index,
          });
        }),
        { numRuns: 6 },
      );
    });

    test('one bit changed in a dealt share is refused, and the dealer named', () => {
      fc.assert(
        fc.property(shape, fc.nat(255), (of, bit) => {
          const holders = dealKey(membersOf(of.size), of.threshold, suite);
          const open = openRefresh(holders);
          const [receiver = 0, dealer = 0] = of.order;
          const received = receivedBy(receiver, dealAll(open));
          received.set(dealer, flipped(at(received, dealer), bit));
          const share = holders[receiver - 1]?.signingShare ?? new Uint8Array();
          expect(finishRefresh(at(open.states, receiver), received, share)).toEqual({
            ok: false,
            refusal: 'refresh-share-invalid',
            culprit: dealer,
          });
        }),
        { numRuns: 10 },
      );
    });

    test('one bit changed in a commitment is refused, at once or by the share, and the dealer named', () => {
      fc.assert(
        fc.property(shape, fc.nat(255), fc.nat(), (of, bit, place) => {
          const holders = dealKey(membersOf(of.size), of.threshold, suite);
          const open = openRefresh(holders);
          const [receiver = 0, dealer = 0] = of.order;
          const received = receivedBy(receiver, dealAll(open));
          const honest = at(open.packages, dealer).coefficients;
          const coefficients = honest.map((hex, degree) =>
            degree === place % honest.length
              ? Buffer.from(flipped(Buffer.from(hex, 'hex'), bit)).toString('hex')
              : hex,
          );
          const state = at(open.states, receiver);
          const share = holders[receiver - 1]?.signingShare ?? new Uint8Array();
          const dealt = dealRefreshShares(
            state,
            new Map(open.packages).set(dealer, { coefficients }),
          );
          const answer = dealt.ok ? finishRefresh(state, received, share) : dealt;
          expect(answer).toMatchObject({ ok: false, culprit: dealer });
        }),
        { numRuns: 10 },
      );
    });
  });
});
