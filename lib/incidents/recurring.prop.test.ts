import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyIncident } from './classification.ts';
import { combinedOf, factsOfCombined, mergeCombined } from './combine-facts.ts';
import { monthsLater } from './days.ts';
import { readFacts } from './facts.ts';
import { judge } from './judge.ts';
import { findRecurring, findRecurringGroups, type OccurredIncident } from './recurring.ts';
import { mergeSpans } from './sliding.ts';
import { incidentFacts } from './testing/incident-facts.ts';
import { writeFacts } from './write-facts.ts';

const scope = { microenterprise: false };

const day = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const incidents = (maxLength: number): fc.Arbitrary<OccurredIncident[]> =>
  fc
    .array(
      fc.record({
        occurred_on: day,
        root_cause: fc.constantFrom('Disk full', 'disk full ', 'Cable', ''),
        facts: incidentFacts,
      }),
      { maxLength },
    )
    .map((all) => all.map((each, place) => ({ id: `i${place}`, ...each })));

/** Everything that may be put together, tried one by one. */
function someSubsetIsMajor(all: readonly OccurredIncident[]): boolean {
  const single = all.filter(
    ({ facts, root_cause }) => root_cause !== '' && !classifyIncident(facts).major,
  );
  for (let chosen = 0; chosen < 2 ** single.length; chosen += 1) {
    const members = single.filter((_incident, place) => (chosen >> place) % 2 === 1);
    const days = members.map(({ occurred_on }) => occurred_on).toSorted();
    const causes = new Set(members.map(({ root_cause }) => root_cause?.trim().toLowerCase()));
    const [first = '', last = ''] = [days[0], days.at(-1)];
    if (members.length < 2 || causes.size > 1 || last > monthsLater(first, 6)) continue;
    const [one, ...rest] = members.map(({ facts }) => combinedOf(readFacts(facts)));
    if (one && judge(factsOfCombined(rest.reduce(mergeCombined, one))).major) return true;
  }
  return false;
}

test('a group is found exactly when any incidents of one cause within 6 months would be one', () => {
  fc.assert(
    fc.property(incidents(7), (all) => {
      expect(findRecurring(all, scope).major).toBe(someSubsetIsMajor(all));
    }),
    { numRuns: 1_000 },
  );
});

test('what is found does not depend on the order of the list', () => {
  fc.assert(
    fc.property(
      incidents(12).chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, shuffled]) => {
        expect(findRecurringGroups(shuffled, scope)).toEqual(findRecurringGroups(all, scope));
      },
    ),
    { numRuns: 500 },
  );
});

test('every group keeps to the rules, and its facts say what its verdict says', () => {
  fc.assert(
    fc.property(incidents(25), (all) => {
      const groups = findRecurringGroups(all, scope);
      const members = groups.flatMap(({ ids }) => ids);
      expect(new Set(members).size).toBe(members.length);
      for (const { ids, first, last, facts, classification, related } of groups) {
        expect(ids.length).toBeGreaterThanOrEqual(2);
        expect(last <= monthsLater(first, 6)).toBe(true);
        expect(classification.major).toBe(true);
        expect(classifyIncident(facts)).toEqual(classification);
        for (const id of related) expect(members).not.toContain(id);
        for (const id of ids) {
          const incident = all.find((each) => each.id === id);
          expect(incident && classifyIncident(incident.facts).major).toBe(false);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('facts that were read and written are read the same', () => {
  fc.assert(
    fc.property(incidentFacts, (facts) => {
      const read = readFacts(facts);
      expect(readFacts(writeFacts(read))).toEqual(read);
    }),
    { numRuns: 1_000 },
  );
});

test('one incident by itself comes to what it is', () => {
  fc.assert(
    fc.property(incidentFacts, (facts) => {
      const read = readFacts(facts);
      expect(judge(factsOfCombined(combinedOf(read)))).toEqual(judge(read));
    }),
    { numRuns: 1_000 },
  );
});

test('stretches are merged as if each were added up by itself', () => {
  const spans = fc
    .array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { maxLength: 12 })
    .map((steps) => {
      let [from, to] = [0, 0];
      return steps.map(([down, up]) => {
        from += down;
        to = Math.max(from, to + up);
        return { from, to };
      });
    });
  fc.assert(
    fc.property(spans, (all) => {
      const items = Array.from({ length: 80 }, (_item, place) => `${place},`);
      expect(mergeSpans(items, all, (one, other) => one + other)).toEqual(
        all.map(({ from, to }) => items.slice(from, to + 1).join('')),
      );
    }),
  );
});

/** Merges are what takes the time; that their number grows with the list and not with its square is what counts. */
test('20,000 incidents of one cause need a few merges each', () => {
  const items = Array.from({ length: 20_000 }, () => 1);
  const spans = items.flatMap((_item, from) =>
    from + 2_000 <= 20_000 ? [{ from, to: from + 1_999 }] : [],
  );
  let merges = 0;
  const sums = mergeSpans(items, spans, (one, other) => {
    merges += 1;
    return one + other;
  });
  expect(sums.every((sum) => sum === 2_000)).toBe(true);
  expect(merges).toBeLessThan(4 * items.length);
});
