/** What founders there must be, so that everything the first policy asks for can be done. Pure. */
import type { Group, Role } from '#lib/protocol/roster.ts';
import { groupName } from '../group-names.ts';

export type FounderFacts = { roles: readonly string[]; group: string | null };

/** The fewest founders with whom nothing is missing: what an empty sandbox invites. */
export const fewestFounders: readonly {
  displayName: string;
  roles: Role[];
  group: Group | null;
}[] = [
  { displayName: 'Founder 1', roles: ['officer', 'administrator'], group: null },
  { displayName: 'Founder 2', roles: ['officer'], group: 'control' },
  { displayName: 'Founder 3', roles: ['officer'], group: 'custody' },
  { displayName: 'Founder 4', roles: ['officer'], group: 'recovery' },
];

const duties: readonly { group: Group; duty: string }[] = [
  { group: 'control', duty: 'to approve' },
  { group: 'custody', duty: 'to co-sign' },
  { group: 'recovery', duty: 'to state in key ceremonies' },
];

/**
 * What is missing, in words that follow "Still missing:". A key ceremony takes a raiser and one
 * person of each group, all different, and nobody joins later without an administrator.
 */
export function missingAmongFounders(founders: readonly FounderFacts[]): string[] {
  const officers = founders.filter(({ roles }) => roles.includes('officer'));
  const missing = duties
    .filter(({ group }) => !officers.some((officer) => officer.group === group))
    .map(({ group, duty }) => `an officer of ${groupName(group)} ${duty}`);
  const needed = duties.length + 1;
  // Counting alone is enough: with every group staffed, whoever is over can raise.
  if (officers.length + missing.length < needed)
    missing.push('an officer to raise, who is none of those who then decide');
  if (!founders.some(({ roles }) => roles.includes('administrator')))
    missing.push('an administrator to invite people later');
  return missing;
}

/** "a, b and c". */
export function listText(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
