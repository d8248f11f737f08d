/** Whose statements an operation needs, and whether they are there. */
import type { IntentKind } from './intent-kinds.ts';
import {
  evaluatePolicy,
  findCapBreach,
  requirementFloor,
  type Policy,
  type PolicyFacts,
  type Requirement,
} from './policy.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Group } from './roster.ts';
import type { Decision } from './statement.ts';

/** One person's statement that counts towards a quorum. */
export type Voice = { person: string; group: Group; decision: Decision };

/** The same needs with the higher number wherever two ask for the same. */
export function strictest(...lists: (readonly Requirement[])[]): Requirement[] {
  const needs = new Map<string, Requirement>();
  for (const need of lists.flat()) {
    const key = `${need.group} ${need.decision}`;
    const people = Math.max(need.people, needs.get(key)?.people ?? 0);
    needs.set(key, { ...need, people });
  }
  return [...needs.values()];
}

/** Different people count, not statements. */
export function isMet(need: Requirement, voices: readonly Voice[]): boolean {
  const people = voices
    .filter((voice) => voice.group === need.group && voice.decision === need.decision)
    .map((voice) => voice.person);
  return new Set(people).size >= need.people;
}

/**
 * What the operation needs under every policy that applies to it, never below the floor.
 * Each must allow it: a change of policy in between leaves the stricter answer standing.
 */
export function findNeeds(
  policies: readonly Policy[],
  facts: PolicyFacts,
): { ok: true; needs: Requirement[] } | { ok: false; refusal: PartyRefusal } {
  const floor: Readonly<Record<IntentKind, readonly Requirement[]>> = requirementFloor;
  let needs: readonly Requirement[] = floor[facts.kind];
  for (const policy of policies) {
    if (findCapBreach(policy, facts) !== null) return { ok: false, refusal: 'cap-exceeded' };
    const { outcome } = evaluatePolicy(policy, facts);
    if (outcome.effect === 'deny') return { ok: false, refusal: 'policy-denies' };
    needs = strictest(needs, outcome.needs);
  }
  return { ok: true, needs: [...needs] };
}
