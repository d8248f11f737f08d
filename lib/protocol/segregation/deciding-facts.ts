/** Facts under which one rule of a policy decides, or the proof that there are none. */
import type { IntentKind } from '../intent-kinds.ts';
import { findUnmet } from '../policy-conditions.ts';
import type { PolicyFacts } from '../policy-facts.ts';
import type { Policy, PolicyConditions, PolicyRule } from '../policy.ts';
import type { Budget } from './budget.ts';
import { aspectsFor, plainFacts, type Aspect } from './fact-choices.ts';

/** A choice, and which rules before the aim it leaves standing in the way, one bit each. */
type Option = { choice: Partial<PolicyFacts>; blocking: bigint };

function onlyThe(when: PolicyConditions, { conditions }: Aspect): PolicyConditions {
  const named = new Set<string>(['kinds', ...conditions]);
  return Object.fromEntries(
    Object.entries(when).filter(([name]) => named.has(name)),
  ) as PolicyConditions;
}

/** The choices that hold the aim; of two that leave the same rules in the way, or more, the better. */
function optionsFor(
  aspect: Aspect,
  { aim, before, base }: { aim: PolicyRule; before: readonly PolicyRule[]; base: PolicyFacts },
): Option[] {
  const wanted = onlyThe(aim.when, aspect);
  const blockers = before.map(({ when }) => onlyThe(when, aspect));
  const best = new Map<bigint, Option>();
  for (const choice of aspect.choices) {
    const facts = { ...base, ...choice };
    if (findUnmet(wanted, facts).unmet !== null) continue;
    // A rule that can't be answered ends the search like one that holds.
    const blocking = blockers.reduce((bits, when, place) => {
      const { unmet, isMissing } = findUnmet(when, facts);
      return unmet === null || isMissing ? bits | (1n << BigInt(place)) : bits;
    }, 0n);
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
  aspects: readonly Option[][],
  budget: Budget,
): Partial<PolicyFacts>[] | 'unsure' | null {
  const dead = aspects.map(() => new Set<bigint>());
  function from(place: number, blocking: bigint): Partial<PolicyFacts>[] | 'unsure' | null {
    const options = aspects[place];
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
 * @param instants as `typicalInstants` gives them.
 * @returns null when some rule before it decides, or the caps forbid it, whatever the facts are.
 */
export function findDecidingFacts(
  policy: Policy,
  { kind, place }: { kind: IntentKind; place: number },
  { instants, budget }: { instants: readonly string[]; budget: Budget },
): PolicyFacts | 'unsure' | null {
  const aim = policy.rules[place];
  if (!aim) return null;
  const before = policy.rules.slice(0, place).filter(({ when }) => when.kinds.includes(kind));
  const base = plainFacts(kind, instants[0] ?? '');
  const aspects = aspectsFor({ policy, kind, when: aim.when }, instants).map((aspect) =>
    optionsFor(aspect, { aim, before, base }),
  );
  // The fewest first, so that what can't be chosen is fixed before anything is tried.
  const chosen = combine(
    aspects.toSorted((left, right) => left.length - right.length),
    budget,
  );
  if (chosen === null || chosen === 'unsure') return chosen;
  return Object.assign({}, base, ...chosen) as PolicyFacts;
}
