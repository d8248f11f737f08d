/** The end of a party's process: everything secret in memory is erased, and its store is let go. */
import { ceremonies } from './ceremony-session.ts';
import { dropAllSetUps } from './pair-session.ts';
import type { Party } from './party.ts';
import { refreshes } from './refresh-session.ts';
import { repairs } from './repair-session.ts';
import { closeSession } from './signing-session.ts';

/** May be called again. */
export function closeParty(party: Party): void {
  for (const session of party.sessions.values()) closeSession(party, session);
  ceremonies.dropAll(party);
  refreshes.dropAll(party);
  repairs.dropAll(party);
  dropAllSetUps(party);
  for (const pair of party.pairs.values()) pair.erase();
  for (const share of party.shares.values()) share.fill(0);
  party.database.close();
}
