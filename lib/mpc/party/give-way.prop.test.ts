/** The rule by itself, over every order in which few rivals can reach few parties. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf } from '#lib/protocol/intent.ts';
import { givesWay, givesWayUnheard, isForGood, rankOf, ROUND, type Place } from './give-way.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/u);
const change = fc.record({ tightens: fc.boolean(), intentDigest: digest });
const place = fc.record({
  sharedSince: fc.option(fc.integer({ min: 0, max: 10 * ROUND })),
  others: fc.integer({ min: 1, max: 4 }),
  now: fc.integer({ min: 0, max: 20 * ROUND }),
});
const words = fc
  .record({ words: fc.nat(4), wordsForGood: fc.nat(4) })
  .filter((of) => of.wordsForGood <= of.words);

describe('when a version gives way', () => {
  test('of two rivals one goes before the other, and what tightens before what does not', () => {
    fc.assert(
      fc.property(change, change, (one, other) => {
        const [a, b] = [rankOf(one), rankOf(other)];
        expect(a === b).toBe(digestOf(one) === digestOf(other));
        if (one.tightens && !other.tightens) expect(a < b).toBe(true);
      }),
    );
  });

  test('what is held for good gives way to nothing, at any time after', () => {
    fc.assert(
      fc.property(place, words, fc.nat(), (held, said, later) => {
        if (!isForGood(held)) return;
        const then = { ...held, now: held.now + later };
        expect(givesWay(then, { rank: '0', heldRank: '1', ...said })).toBe(false);
      }),
    );
  });

  test('of two rivals at most one gives way to the other without the word of most', () => {
    fc.assert(
      fc.property(place, place, change, change, words, (one, other, a, b, said) => {
        const [rankA, rankB] = [rankOf(a), rankOf(b)];
        const few = { ...said, wordsForGood: Math.min(said.wordsForGood, 1) };
        const forth = givesWay(one, { rank: rankA, heldRank: rankB, ...few });
        const back = givesWay(other, { rank: rankB, heldRank: rankA, ...few });
        expect(forth && back).toBe(false);
      }),
    );
  });

  test('what one took the next still takes with one word more, a round later', () => {
    const shared = fc.integer({ min: 0, max: ROUND });
    fc.assert(
      fc.property(
        shared,
        shared,
        fc.nat(4 * ROUND),
        fc.integer({ min: 1, max: 3 }),
        (mine, theirs, at, count) => {
          const rival = { rank: '0 a', heldRank: '0 b', wordsForGood: 0 };
          const took: Place = { sharedSince: theirs, others: 4, now: at };
          if (!givesWay(took, { ...rival, words: count })) return;
          const delay = Math.max(0, ROUND - Math.abs(mine - theirs));
          const next: Place = { sharedSince: mine, others: 4, now: at + delay };
          expect(givesWay(next, { ...rival, words: count + 1 })).toBe(true);
        },
      ),
    );
  });

  test('one word, whosever and whatever it says, moves nobody to what does not go before', () => {
    fc.assert(
      fc.property(place, fc.nat(1), (held, wordsForGood) => {
        expect(givesWay(held, { rank: '1', heldRank: '0', words: 1, wordsForGood })).toBe(false);
        const rival = { rank: '0', heldRank: '1', words: 1, wordsForGood };
        expect(givesWayUnheard(rival, held.others)).toBe(false);
      }),
    );
  });
});
