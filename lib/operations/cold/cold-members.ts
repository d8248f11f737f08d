/** Which parties of a key have no network. The roster says so; nothing else does. Pure. */
import type { Requirement } from '#lib/protocol/policy.ts';
import type { Group, Roster } from '#lib/protocol/roster.ts';

export type Members = {
  /** Names, in the order of their numbers. */
  cold: string[];
  online: string[];
};

/** @param names parties that hold, or will hold, a share of one key. */
export function splitMembers(roster: Pick<Roster, 'parties'>, names: readonly string[]): Members {
  const members = roster.parties
    .filter(({ name }) => names.includes(name))
    .toSorted((a, b) => a.index - b.index);
  return {
    cold: members.filter(({ cold }) => cold === true).map(({ name }) => name),
    online: members.filter(({ cold }) => cold !== true).map(({ name }) => name),
  };
}

/** Members of the key of a cold vault: one party with a network, and every one without. */
export function membersOfColdKey(roster: Pick<Roster, 'parties'>): string[] {
  const all = roster.parties.map(({ name }) => name);
  const { cold, online } = splitMembers(roster, all);
  return [...online.slice(0, 1), ...cold];
}

/**
 * A party gives its share only where people of its own group had to state their part. Pure.
 * @returns the group of a party by whose rule nobody of it is asked, null where somebody is.
 */
export function groupNotAsked(
  roster: Pick<Roster, 'parties'>,
  party: string,
  needs: readonly Requirement[],
): Group | null {
  const own = roster.parties.find(({ name }) => name === party)?.group;
  return own === undefined || needs.some(({ group }) => group === own) ? null : own;
}
