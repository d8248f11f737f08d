/** Facts under which one rule of a policy decides, or the proof that there are none. */
import type { IntentKind } from '../intent-kinds.ts';
import { findUnmet } from '../policy-conditions.ts';
import type { PolicyFacts } from '../policy-facts.ts';
import type { Policy, PolicyConditions } from '../policy.ts';
import type { Budget } from './budget.ts';
import { aspects, choicesFor, plainFacts, type Aspect } from './fact-choices.ts';
import { typicalInstants } from './hours.ts';

/** What is the same for every question about one policy. */
export type Ground = {
  policy: Policy;
  instants: readonly string[];
  /** Of each rule, by aspect, the conditions about that aspect alone; null where it has none. */
  parts: readonly (readonly (PolicyConditions | null)[])[];
};

function partOf(when: PolicyConditions, conditions: Aspect): PolicyConditions | null {
  const named = new Set<string>(conditions);
  const own = Object.entries(when).filter(([name, of]) => named.has(name) && of !== undefined);
  return own.length === 0 ? null : { kinds: when.kinds, ...Object.fromEntries(own) };
}

export const groundOf = (policy: Policy): Ground => ({
  policy,
  instants: typicalInstants(policy),
  parts: policy.rules.map(({ when }) => aspects.map((aspect) => partOf(when, aspect))),
});

/** A choice, and which rules before the aim it leaves standing in the way, one bit each. */
type Option = { choice: Partial<PolicyFacts>; blocking: bigint };

type Part = PolicyConditions | null;

/** A rule that can't be answered ends the search like one that holds. */
function isInTheWay(part: PolicyConditions, facts: PolicyFacts): boolean {
  const { unmet, isMissing } = findUnmet(part, facts);
  return unmet === null || isMissing;
}

/** The choices that hold the aim; of two that leave the same rules in the way, or more, the better. */
function optionsFor(
  choices: readonly Partial<PolicyFacts>[],
  { aim, before, base }: { aim: Part; before: readonly Part[]; base: PolicyFacts },
): Option[] {
  const asking = before.flatMap((part, place) =>
    part ? [{ part, bit: 1n << BigInt(place) }] : [],
  );
  const always =
    (1n << BigInt(before.length)) - 1n - asking.reduce((sum, { bit }) => sum + bit, 0n);
  const best = new Map<bigint, Option>();
  for (const choice of choices) {
    const facts = { ...base, ...choice };
    if (aim && findUnmet(aim, facts).unmet !== null) continue;
    let blocking = always;
    for (const { part, bit } of asking) if (isInTheWay(part, facts)) blocking |= bit;
    if (!best.has(blocking)) best.set(blocking, { choice, blocking });
  }
  const options = [...best.values()];
  return options.filter(
    (option) =>
      !options.some((other) => other !== option && (other.blocking & ~option.blocking) === 0n),
  );
}

/** One option of each aspect, so that no rule stands in the way of all. */
function combine(
  byAspect: readonly Option[][],
  budget: Budget,
): Partial<PolicyFacts>[] | 'unsure' | null {
  const dead = byAspect.map(() => new Set<bigint>());
  function from(place: number, blocking: bigint): Partial<PolicyFacts>[] | 'unsure' | null {
    const options = byAspect[place];
    if (!options) return blocking === 0n ? [] : null;
    if (dead[place]?.has(blocking)) return null;
    for (const option of options) {
      budget.steps -= 1;
      if (budget.steps < 0) return 'unsure';
      const rest = from(place + 1, blocking & option.blocking);
      if (rest === 'unsure') return rest;
      if (rest) return [option.choice, ...rest];
    }
    dead[place]?.add(blocking);
    return null;
  }
  return from(0, -1n);
}

/**
 * @param place of the rule in the policy; it must be about the kind.
 * @returns null when some rule before it decides, or the caps forbid it, whatever the facts are.
 */
export function findDecidingFacts(
  { policy, instants, parts }: Ground,
  { kind, place }: { kind: IntentKind; place: number },
  budget: Budget,
): PolicyFacts | 'unsure' | null {
  const aim = policy.rules[place];
  if (!aim) return null;
  const isBefore = (at: number): boolean =>
    at < place && policy.rules[at]?.when.kinds.includes(kind) === true;
  const before = parts.filter((_, at) => isBefore(at));
  const base = plainFacts(kind, instants[0] ?? '');
  const options = choicesFor({ policy, kind, when: aim.when }, instants).map((choices, aspect) =>
    optionsFor(choices, {
      aim: parts[place]?.[aspect] ?? null,
      before: before.map((rule) => rule[aspect] ?? null),
      base,
    }),
  );
  // The fewest first, so that what can't be chosen is fixed before anything is tried.
  const chosen = combine(
    options.toSorted((left, right) => left.length - right.length),
    budget,
  );
  if (chosen === null || chosen === 'unsure') return chosen;
  return Object.assign({}, base, ...chosen) as PolicyFacts;
}
