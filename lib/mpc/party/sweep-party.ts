/** What a party does by itself from time to time: gives up what took too long, and carries out what waited. */
import { carryOutWaits } from './carry-out-waits.ts';
import { ceremonies } from './ceremony-session.ts';
import { dropStaleSetUps } from './pair-session.ts';
import type { Party } from './party.ts';
import { refreshes } from './refresh-session.ts';
import { repairs } from './repair-session.ts';
import { closeStaleSessions } from './signing-session.ts';

export function sweepParty(party: Party): void {
  closeStaleSessions(party);
  ceremonies.dropStale(party);
  carryOutWaits(party);
  refreshes.dropStale(party);
  dropStaleSetUps(party);
  repairs.dropStale(party);
}
