import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSaid } from './counting.ts';
import { intentKind } from './intent-kinds.ts';
import type { Policy } from './policy.ts';
import type { Roster } from './roster.ts';
import { findSoloPath } from './segregation.ts';
import { naturalPeople } from './segregation/natural-people.ts';
import {
  findSoloOperation,
  startSearch,
  type SoloOperation,
} from './segregation/solo-operation.ts';
import { findSoloRecovery } from './segregation/solo-recovery.ts';
import {
  bruteFamilies,
  bruteKinds,
  bruteRecovers,
  TooMany,
} from './segregation/testing/brute-force.ts';
import { byTheFloor, lending, oneHand, policies, rosters } from './segregation/testing/drafts.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const runs = isLong ? 10_000 : 200;
const timeout = isLong ? 30 * 60_000 : 60_000;

type Family = { ids: string[]; kinds: Set<string>; recovers: boolean };

/** Null for a draft with more combinations than brute force can try. */
function tryEverything(roster: Roster, policy: Policy): Family[] | null {
  try {
    return bruteFamilies(roster).map((ids) => ({
      ids,
      kinds: bruteKinds(roster, policy, ids),
      recovers: bruteRecovers(roster, ids),
    }));
  } catch (error) {
    if (error instanceof TooMany) return null;
    throw error;
  }
}

/** The witness that the analyser found for itself, given to the decision's counting as it is. */
function expectCounted(
  found: SoloOperation,
  { roster, policy }: { roster: Roster; policy: Policy },
) {
  const { parts, facts, at } = found;
  if (parts === 'unsure' || facts === 'unsure') throw new Error('The search did not end.');
  const said = parts.map(({ speaker, decision }) => ({
    person: speaker.entry,
    decision,
    code: null,
  }));
  expect(countSaid({ roster, policy, facts, at }, said)).toBeNull();
}

type Seen = { alone: number; apart: number; recoveries: number; drafts: number; tooMany: number };
const nothing = (): Seen => ({ alone: 0, apart: 0, recoveries: 0, drafts: 0, tooMany: 0 });

/** Holds the analyser against brute force, person by person and kind by kind. */
function expectSame(roster: Roster, policy: Policy, seen: Seen): void {
  const families = tryEverything(roster, policy);
  if (!families) {
    seen.tooMany += 1;
    return;
  }
  seen.drafts += 1;
  const search = startSearch(roster, policy);
  const people = naturalPeople(roster);
  const named = (all: readonly { ids: string[] }[]): string[] =>
    all.map(({ ids }) => ids.toSorted().join()).toSorted();
  expect(named(people)).toEqual(named(families));
  for (const person of people) {
    const family = families.find(({ ids }) => ids.includes(person.ids[0] ?? ''));
    for (const kind of intentKind.options) {
      const ways = search.ways.filter((way) => way.kind === kind);
      const found = findSoloOperation(person, { ...search, ways });
      expect(found !== null, kind).toBe(family?.kinds.has(kind));
      if (found) expectCounted(found, { roster, policy });
      if (found) seen.alone += 1;
      else if (ways.length > 0 && person.entries.length > 2) seen.apart += 1;
    }
    const recovers = findSoloRecovery(person, roster) !== null;
    expect(recovers).toBe(family?.recovers);
    if (recovers) seen.recoveries += 1;
  }
}

/** A property says something only when all answers occur, and few drafts were too large to try. */
function expectSaid(seen: Seen, least: number): void {
  expect(seen.alone).toBeGreaterThan(least);
  expect(seen.apart).toBeGreaterThan(least);
  expect(seen.tooMany).toBeLessThan(seen.drafts / 4);
}

describe('brute force over the decision finds nothing else than the analyser', { timeout }, () => {
  test('for random people under random rules, for anybody and any kind of operation', () => {
    const seen = nothing();
    const property = fc.property(rosters, policies, (roster, policy) => {
      expectSame(roster, policy, seen);
    });
    fc.assert(property, { numRuns: runs });
    expectSaid(seen, runs / 50);
    expect(seen.recoveries).toBeGreaterThan(runs / 20);
  });

  test('for one person with every say under random rules', () => {
    const seen = nothing();
    const property = fc.property(policies, (policy) => {
      expectSame(oneHand, policy, seen);
    });
    // Here every rule has to be tried with all facts, which takes longest.
    const numRuns = isLong ? 4_000 : runs;
    fc.assert(property, { numRuns });
    expectSaid(seen, numRuns / 5);
  });

  test('for random people where the rules ask for next to nothing', () => {
    const seen = nothing();
    const property = fc.property(fc.oneof(rosters, lending), (roster) => {
      expectSame(roster, byTheFloor, seen);
    });
    fc.assert(property, { numRuns: runs });
    expectSaid(seen, runs / 20);
  });

  test('in the answer itself: null exactly when there is no path, and the one shown is one', () => {
    const property = fc.property(rosters, policies, (roster, policy) => {
      const families = tryEverything(roster, policy);
      if (!families) return;
      const path = findSoloPath(roster, policy);
      const able = families.filter(({ kinds, recovers }) => kinds.size > 0 || recovers);
      expect(path === null).toBe(able.length === 0);
      if (path === null) return;
      const family = able.find(({ ids }) => ids.includes(path.person));
      if (path.operation === 'key-recovery') expect(family?.recovers).toBe(true);
      else expect(family?.kinds).toContain(path.operation);
      expect(path.steps.length).toBeGreaterThan(2);
    });
    fc.assert(property, { numRuns: runs });
  });
});
