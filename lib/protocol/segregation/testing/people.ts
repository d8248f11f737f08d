/** Small rosters and policies for examples about people who stand in a roster several times. */
import type { Policy, PolicyRule } from '../../policy.ts';
import type { Group, Roster, RosterPerson } from '../../roster.ts';
import { policy, roster } from '../../testing/sample.ts';

export const idOf = (name: string): string => `p-${name.padEnd(10, name.slice(-1))}`;

/** Somebody with one key, named by a letter: the same letter is the same key. */
export function person(
  name: string,
  group: Group | null,
  { key = 'A', roles = [] as RosterPerson['roles'] } = {},
): RosterPerson {
  const common = { backupEligible: false, software: true, notAfter: null, revokedAt: null };
  return {
    id: idOf(name),
    roles: roles.length > 0 ? roles : ['manager'],
    group,
    credentials: [{ id: `${key}AAA`, publicKey: `${key}BBA`, ...common }],
  };
}

export const withPeople = (...people: RosterPerson[]): Roster => ({ ...roster, people });
export const allow = (kinds: PolicyRule['when']['kinds'], more: Partial<PolicyRule['when']> = {}) =>
  ({
    id: 'allow',
    name: 'As few as may be',
    when: { kinds, ...more },
    outcome: { effect: 'allow', needs: [{ group: 'control', decision: 'approve', people: 1 }] },
  }) as const satisfies PolicyRule;
export const deny = (kinds: PolicyRule['when']['kinds'], more: Partial<PolicyRule['when']> = {}) =>
  ({
    id: 'deny',
    name: 'Never',
    when: { kinds, ...more },
    outcome: { effect: 'deny', reason: 'Not this.' },
  }) as const satisfies PolicyRule;
export const withRules = (...rules: PolicyRule[]): Policy => ({ ...policy, rules });

export const officer = { roles: ['officer'] as RosterPerson['roles'] };
/** Raiser, approver and co-signer with one key: one person. */
export const threeInOne = withPeople(
  person('rita', null, officer),
  person('abel', 'control'),
  person('carl', 'custody'),
);
