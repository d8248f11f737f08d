/** The end of a party's process: everything secret in memory is erased, and its store is let go. */
import { dropCeremony } from './ceremony-session.ts';
import type { Party } from './party.ts';
import { dropRefresh } from './refresh-session.ts';
import { dropRepair } from './repair-session.ts';
import { closeSession } from './signing-session.ts';

/** May be called again. */
export function closeParty(party: Party): void {
  for (const session of party.sessions.values()) closeSession(party, session);
  for (const key of party.ceremonies.keys()) dropCeremony(party, key);
  for (const key of party.refreshes.keys()) dropRefresh(party, key);
  for (const key of party.repairs.keys()) dropRepair(party, key);
  for (const share of party.shares.values()) share.fill(0);
  party.database.close();
}
