/** Which parties help another to its lost share. Pure. */
import type { Roster } from '#lib/protocol/roster.ts';
import type { HeldShare } from './key-reports.ts';

/**
 * As many as the threshold, in the order of their index; fewer when too few hold the epoch in force.
 * Those that have a network come first: nobody has to travel for them.
 */
export function chooseHelpers(of: {
  roster: Pick<Roster, 'parties'>;
  shares: readonly HeldShare[];
  epoch: number;
  /** The one that lost its share; it helps nobody. */
  party: string;
  key: { threshold: number };
}): string[] {
  const able = new Set(
    of.shares
      .filter(({ state, epoch }) => state === 'usable' && epoch === of.epoch)
      .map(({ party }) => party),
  );
  return of.roster.parties
    .filter(({ name }) => name !== of.party && able.has(name))
    .toSorted((a, b) => Number(a.cold === true) - Number(b.cold === true) || a.index - b.index)
    .slice(0, of.key.threshold)
    .toSorted((a, b) => a.index - b.index)
    .map(({ name }) => name);
}
