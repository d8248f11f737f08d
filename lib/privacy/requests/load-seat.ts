import { loadProfile } from '#lib/incidents/entity/load-profile.ts';
import { bankHolidaysOf } from '#lib/incidents/holidays.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Seat } from './clock.ts';

/** Years of holidays around today: requests are months old, and pauses may last. */
const years = { back: 10, ahead: 3 };

/** The controller's seat by what this entity is; null until somebody has said it. */
export async function loadSeat(db: Database | Tx, now: Date): Promise<Seat | null> {
  const profile = await loadProfile(db);
  if (!profile) return null;
  const { memberState, region, holidays, zone } = profile.facts;
  const year = now.getUTCFullYear();
  const { days } = bankHolidaysOf(
    { memberState, region, overrides: holidays },
    Math.max(2000, year - years.back),
    year + years.ahead,
  );
  return { zone, holidays: days.map(({ date }) => date) };
}
