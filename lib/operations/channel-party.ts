import type { Roster } from '#lib/protocol/roster.ts';

/**
 * Name of the party whose page shows the code of the second channel to people of a group; null for
 * people of no group, and where the only party of the group is a cold one, which has no page.
 */
export const channelParty = (roster: Roster, group: string | null): string | null =>
  roster.parties.find((party) => party.group === group && party.cold !== true)?.name ?? null;
