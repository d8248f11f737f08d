/** Whether one natural person completes an operation alone, by the counting of the decision. */
import { raisingRoles } from '../counting.ts';
import { intentKind, isStopKind, type IntentKind } from '../intent-kinds.ts';
import { requirementFloor } from '../policy-faults.ts';
import type { PolicyFacts } from '../policy-facts.ts';
import type { Policy, PolicyRule, Requirement } from '../policy.ts';
import { strictest } from '../requirements.ts';
import type { Roster } from '../roster.ts';
import { STEPS_MAX, type Budget } from './budget.ts';
import { findDecidingFacts, groundOf, type Ground } from './deciding-facts.ts';
import type { NaturalPerson } from './natural-people.ts';
import { findSoloQuorum, type Part } from './solo-quorum.ts';
import { oneVoice, speakersAt, turningPoints, type Speaker } from './speakers.ts';

export type SoloOperation = {
  person: NaturalPerson;
  kind: IntentKind;
  rule: PolicyRule;
  /** In milliseconds since 1970; any instant before the first end of a delegation is `-Infinity`. */
  at: number;
  /** The raise first; `unsure` where not everything could be tried. */
  parts: Part[] | 'unsure';
  /** Facts under which the rule decides; `unsure` as before. */
  facts: PolicyFacts | 'unsure';
};

/** Raiser and, whatever the rules say, everybody whom the floor asks for. */
const peopleAtLeast = (needs: readonly Requirement[]): number =>
  needs.reduce((sum, { people }) => sum + people, 1);

/** A rule that may let an operation of a kind by, and what that takes. */
type Way = { kind: IntentKind; place: number; rule: PolicyRule; needs: Requirement[] };

/** One person may stop things alone by design, so stops are no ways. */
function waysOf({ rules }: Policy): Way[] {
  return intentKind.options
    .filter((kind) => !isStopKind(kind))
    .flatMap((kind) =>
      rules.flatMap((rule, place): Way[] =>
        rule.outcome.effect === 'allow' && rule.when.kinds.includes(kind)
          ? [{ kind, place, rule, needs: strictest(requirementFloor[kind], rule.outcome.needs) }]
          : [],
      ),
    );
}

/** Everything that one run of the analyser keeps. */
export type Search = {
  roster: Roster;
  policy: Policy;
  ways: readonly Way[];
  pairs: ReturnType<typeof oneVoice>;
  budget: Budget;
  factsFor: (way: Way) => PolicyFacts | 'unsure' | null;
};

export function startSearch(roster: Roster, policy: Policy, steps = STEPS_MAX): Search {
  const budget: Budget = { steps };
  const known = new Map<Way, ReturnType<Search['factsFor']>>();
  let ground: Ground | null = null;
  return {
    roster,
    policy,
    ways: waysOf(policy),
    pairs: oneVoice(roster),
    budget,
    factsFor: (way) => {
      const before = known.get(way);
      if (before !== undefined) return before;
      ground ??= groundOf(policy);
      const facts = findDecidingFacts(ground, way, budget);
      known.set(way, facts);
      return facts;
    },
  };
}

/** Many rules ask for the same people, so each such question is answered once. */
function askQuorum(
  speakers: readonly Speaker[],
  budget: Budget,
): (way: Way) => ReturnType<typeof findSoloQuorum> {
  const known = new Map<string, ReturnType<typeof findSoloQuorum>>();
  return ({ kind, needs }) => {
    const raisers = raisingRoles(kind);
    const name = JSON.stringify([needs, raisers]);
    const before = known.get(name);
    if (before !== undefined) return before;
    const parts = findSoloQuorum(speakers, { needs, raisers }, budget);
    known.set(name, parts);
    return parts;
  };
}

/** @returns the first operation that the person completes alone, or null. */
export function findSoloOperation(person: NaturalPerson, search: Search): SoloOperation | null {
  const { roster, ways, pairs, budget, factsFor } = search;
  const possible = ways.filter(({ needs }) => person.entries.length >= peopleAtLeast(needs));
  if (possible.length === 0) return null;
  for (const at of turningPoints(person, roster)) {
    const quorumFor = askQuorum(speakersAt(person, at, { roster, pairs }), budget);
    for (const way of possible) {
      const parts = quorumFor(way);
      const facts = parts && factsFor(way);
      if (facts) return { person, kind: way.kind, rule: way.rule, at, parts, facts };
    }
  }
  return null;
}
