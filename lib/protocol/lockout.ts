/** Whether the people of a roster could still change roster and policy. */
import type { IntentKind } from './intent-kinds.ts';
import { requirementFloor } from './policy-faults.ts';
import type { Policy, PolicyRule, Requirement } from './policy.ts';
import { strictest } from './requirements.ts';
import type { Roster, RosterPerson } from './roster.ts';

/** Without these nothing that went wrong could be put right; with them people can be added for the rest. */
const vital = ['roster-change', 'policy-change'] as const satisfies readonly IntentKind[];
export type Lockout = (typeof vital)[number];

/** One who holds a key that counts: not revoked, and without an end that would come by itself. */
const canState = (person: RosterPerson): boolean =>
  person.notAfter === undefined &&
  person.credentials.some(({ revokedAt, notAfter }) => revokedAt === null && notAfter === null);

const mayRaise = ({ roles }: RosterPerson): boolean =>
  roles.includes('officer') || roles.includes('administrator');

/**
 * Groups have no member in common, so each need can be looked at by itself: people enough in each
 * group for its needs together, and one more who raises.
 */
function canBeMet(needs: readonly Requirement[], { people }: Roster): boolean {
  const able = people.filter(canState);
  const perGroup = new Map<string, number>();
  for (const { group, people: count } of needs)
    perGroup.set(group, (perGroup.get(group) ?? 0) + count);
  const inGroup = (name: string | null): RosterPerson[] =>
    // Delegations end, so nothing vital may hang on one.
    able.filter((person) => person.group === name);
  for (const [name, count] of perGroup) if (inGroup(name).length < count) return false;
  const spare = able.filter((person) => {
    const needed = person.group === null ? 0 : (perGroup.get(person.group) ?? 0);
    return mayRaise(person) && (person.group === null || inGroup(person.group).length > needed);
  });
  return spare.length > 0;
}

/** A rule with no other condition than kinds (and hours, which come round again). */
const isPlain = ({ when }: PolicyRule): boolean =>
  Object.keys(when).every((name) => name === 'kinds' || name === 'hours');

/** @returns the first vital kind of operation that nobody could complete any more, or null. */
export function findLockout(roster: Roster, policy: Policy): Lockout | null {
  for (const kind of vital) {
    const rules = policy.rules.filter((rule) => rule.when.kinds.includes(kind) && isPlain(rule));
    const shut = rules.findIndex(
      ({ when, outcome }) => outcome.effect === 'deny' && when.hours === undefined,
    );
    const open = (shut === -1 ? rules : rules.slice(0, shut)).some(
      ({ outcome }) =>
        outcome.effect === 'allow' &&
        canBeMet(strictest(requirementFloor[kind], outcome.needs), roster),
    );
    if (!open) return kind;
  }
  return null;
}
