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

/** "Custody officer, Control": what a person is here, and for which group they act when there is one. */
export const seatText = ({
  roles,
  group,
}: {
  roles: readonly string[];
  group: string | null;
}): string => (group === null ? rolesText(roles) : `${rolesText(roles)}, ${groupText(group)}`);

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

/** What was ended here and stands in the roster all the same. */
const keyStatusesInRoster: ReadonlyMap<string, PersonStatus> = new Map([
  [
    'suspended',
    {
      shape: 'triangle',
      tone: 'caution',
      words: 'Not taken here while suspended; the parties still count it until a roster change',
    },
  ],
  [
    'revoked',
    {
      shape: 'triangle',
      tone: 'caution',
      words: 'Stopped here; the parties still count it until a roster change',
    },
  ],
]);

/** @param inRoster whether the newest roster has the key, so that the parties count it. */
export const keyStatus = (status: string, inRoster = false): PersonStatus =>
  (inRoster ? keyStatusesInRoster.get(status) : undefined) ??
  keyStatuses.get(status) ?? { shape: 'square', tone: 'quiet', words: status };

/** Whom to tell about a key that was ended here while the parties still count it; null otherwise. */
export const whomToTell = (status: string, inRoster: boolean): string | null =>
  inRoster && keyStatusesInRoster.has(status)
    ? 'Tell your colleagues and whoever runs the parties, and reject or cancel open operations you do not trust.'
    : null;

/** "1 key", "2 keys", "no keys". */
export const countOf = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
