/** Whether one natural person opens backups enough to rebuild a key on a machine of their own. */
import type { Roster, RosterBackup } from '../roster.ts';
import type { NaturalPerson } from './natural-people.ts';

/** The smallest threshold a key may have; the roster does not say which keys there are. */
const SHARES = 2;

export type OpenedBackup = { backup: RosterBackup; parts: number };

/**
 * The backups that a person opens alone, one for each party. The place in the list of custodians is
 * the number of the part. Backups under one public key open together, and nothing shows that their
 * parts don't fit each other, so they are counted as one group, by its lowest threshold.
 */
function openedBy({ ids }: NaturalPerson, groups: Iterable<RosterBackup[]>): OpenedBackup[] {
  const own = new Set(ids);
  const opened = new Map<string, OpenedBackup>();
  for (const group of groups) {
    const parts = new Set(
      group.flatMap(({ custodians }) =>
        custodians.flatMap((id, place) => (own.has(id) ? [place] : [])),
      ),
    ).size;
    if (parts >= Math.min(...group.map(({ threshold }) => threshold)))
      for (const backup of group) opened.set(backup.party, { backup, parts });
  }
  return [...opened.values()];
}

/** @returns backups of as many parties as rebuild a key, or null. Delegations move no part. */
export function findSoloRecovery(
  person: NaturalPerson,
  { backups = [] }: Roster,
): OpenedBackup[] | null {
  const groups = Map.groupBy(backups, ({ publicKey }) => publicKey).values();
  const opened = openedBy(person, groups);
  return opened.length >= SHARES ? opened.slice(0, SHARES) : null;
}
