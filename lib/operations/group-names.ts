import type { Group } from '#lib/protocol/roster.ts';

const groupNames: Readonly<Record<Group, string>> = {
  control: 'Control',
  custody: 'Custody',
  recovery: 'Recovery',
};

/** A group as people read it. Stands alone, so that a page can use it without the rest. */
export const groupName = (group: Group): string => groupNames[group];
