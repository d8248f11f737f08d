/** What a party does by itself from time to time: gives up what took too long, and carries out what waited. */
import { carryOutWaits } from './carry-out-waits.ts';
import { dropStaleCeremonies } from './ceremony-session.ts';
import type { Party } from './party.ts';
import { dropStaleRefreshes } from './refresh-session.ts';
import { dropStaleRepairs } from './repair-session.ts';
import { closeStaleSessions } from './signing-session.ts';

export function sweepParty(party: Party): void {
  closeStaleSessions(party);
  dropStaleCeremonies(party);
  carryOutWaits(party);
  dropStaleRefreshes(party);
  dropStaleRepairs(party);
}
