/** Whose statements an operation needs, and whether they are there. */
import { evaluatePolicy, findCapBreach, type Policy, type Requirement } from './policy.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { requirementFloor } from './policy-faults.ts';
import type { PartyRefusal } from './refusals.ts';
import type { Group } from './roster.ts';
import type { Decision } from './statement.ts';

/** One person's statement that counts towards a quorum. */
export type Voice = {
  person: string;
  group: Group;
  decision: Decision;
  /** What the person typed from the second channel, if anything. */
  code: string | null;
};

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
export function isMet(
  need: Requirement,
  voices: readonly Pick<Voice, 'person' | 'group' | 'decision'>[],
): boolean {
  const people = voices
    .filter((voice) => voice.group === need.group && voice.decision === need.decision)
    .map((voice) => voice.person);
  return new Set(people).size >= need.people;
}

export type Needs = {
  needs: Requirement[];
  /** Longest wait that any policy asks for. */
  delaySeconds: number;
  secondChannel: boolean;
};

/**
 * What the operation needs under every policy that applies to it, never below the floor.
 * Each must allow it: a change of policy in between leaves the stricter answer standing.
 */
export function findNeeds(
  policies: readonly Policy[],
  facts: PolicyFacts,
): ({ ok: true } & Needs) | { ok: false; refusal: PartyRefusal } {
  let needs: readonly Requirement[] = requirementFloor[facts.kind];
  let delaySeconds = 0;
  let secondChannel = false;
  for (const policy of policies) {
    if (findCapBreach(policy, facts) !== null) return { ok: false, refusal: 'cap-exceeded' };
    const { outcome, missing } = evaluatePolicy(policy, facts);
    if (missing !== null) return { ok: false, refusal: 'fact-missing' };
    if (outcome.effect === 'deny') return { ok: false, refusal: 'policy-denies' };
    needs = strictest(needs, outcome.needs);
    delaySeconds = Math.max(delaySeconds, outcome.delaySeconds ?? 0);
    secondChannel ||= outcome.secondChannel === true;
  }
  return { ok: true, needs: [...needs], delaySeconds, secondChannel };
}

export type Measured = Needs & {
  /** Whether the voices are enough for every need. */
  areMet: boolean;
};

/** {@link findNeeds}, held against the voices that were heard. */
export function measureVoices(
  policies: readonly Policy[],
  facts: PolicyFacts,
  voices: readonly Voice[],
): ({ ok: true } & Measured) | { ok: false; refusal: PartyRefusal } {
  const required = findNeeds(policies, facts);
  if (!required.ok) return required;
  return { ...required, areMet: required.needs.every((need) => isMet(need, voices)) };
}
