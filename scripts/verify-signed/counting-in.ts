import type { Database } from '#lib/platform/db/client.ts';
import { WhoCounted } from '#lib/reconciliation/proof/who-counted.ts';
import type { CountingAt } from './report-faults.ts';

/** Whose keys counted when, by the rosters on record; what was looked up once is not looked up again. */
export function countingIn(db: Database): CountingAt {
  const counted = new WhoCounted(db);
  return async (at, person) => counted.at(at, [person]);
}
