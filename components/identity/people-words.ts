/** Words for people: roles, groups and where they stand. */
import { roleNames } from '#lib/identity/roles.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

const roleNameOf = new Map<string, string>(Object.entries(roleNames));

const groupNames: ReadonlyMap<string, string> = new Map([
  ['control', 'Control'],
  ['custody', 'Custody'],
  ['recovery', 'Recovery'],
]);

/** "Custody officer, Administrator" */
export const rolesText = (roles: readonly string[]): string =>
  roles.map((role) => roleNameOf.get(role) ?? role).join(', ');

/** "Control", or that there is none. */
export const groupText = (group: string | null): string =>
  group === null ? 'No group' : (groupNames.get(group) ?? group);

/** What acting for the group means, as a sentence. */
export function groupMeaning(group: string | null): string {
  switch (group) {
    case 'control':
      return 'Approves: “this is right”.';
    case 'custody':
      return 'Co-signs: “do it”.';
    case 'recovery':
      return 'Takes part in key ceremonies and recovery.';
    default:
      return 'Neither approves nor co-signs.';
  }
}

export type PersonStatus = { shape: StatusShape; tone: Tone; words: string };

const statuses: ReadonlyMap<string, PersonStatus> = new Map([
  ['invited', { shape: 'ring', tone: 'quiet', words: 'Invited' }],
  ['pending', { shape: 'ring', tone: 'caution', words: 'Waits for admission' }],
  ['active', { shape: 'dot', tone: 'neutral', words: 'Active' }],
  ['suspended', { shape: 'square', tone: 'quiet', words: 'Suspended' }],
]);

export const personStatus = (status: string): PersonStatus =>
  statuses.get(status) ?? { shape: 'square', tone: 'quiet', words: status };

const keyStatuses: ReadonlyMap<string, PersonStatus> = new Map([
  ['pending', { shape: 'ring', tone: 'quiet', words: 'Not in the roster yet' }],
  ['active', { shape: 'dot', tone: 'neutral', words: 'Counts' }],
  ['suspended', { shape: 'square', tone: 'quiet', words: 'Not taken here while suspended' }],
  ['revoked', { shape: 'square', tone: 'quiet', words: 'Does not count any more' }],
]);

export const keyStatus = (status: string): PersonStatus =>
  keyStatuses.get(status) ?? { shape: 'square', tone: 'quiet', words: status };

/** "1 key", "2 keys", "no keys". */
export const countOf = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
