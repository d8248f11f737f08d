/** Cold parties that founders want in the first roster. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';

/** Beside those with a network a roster has room for these. */
export const coldPartiesMax = 8;

/** Those that were not taken out, in the order in which they were asked. */
export const listColdParties = (db: Database | Tx) =>
  db.genesisColdParty.findMany({
    where: { removedAt: null },
    orderBy: [{ askedAt: 'asc' }, { leg: 'asc' }],
    take: coldPartiesMax,
  });
export type ColdPartyRow = Awaited<ReturnType<typeof listColdParties>>[number];

/**
 * @param first number of the first of them in the threshold protocols.
 * @returns their entries for the roster, or the name of one that has not answered yet.
 */
export function coldEntries(
  rows: readonly ColdPartyRow[],
  first: number,
): { ok: true; value: RosterParty[] } | { ok: false; awaited: string } {
  const entries: RosterParty[] = [];
  for (const [place, { name, group, identityKey, exchangeKey }] of rows.entries()) {
    if (group === null || identityKey === null || exchangeKey === null)
      return { ok: false, awaited: name };
    entries.push({
      name,
      group: group as RosterParty['group'],
      index: first + place,
      identityKey,
      exchangeKey,
      cold: true,
    });
  }
  return { ok: true, value: entries };
}
