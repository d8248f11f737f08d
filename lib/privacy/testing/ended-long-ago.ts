import type { Database } from '#lib/platform/db/client.ts';

/**
 * The ends of somebody's ties as if each had been recorded on its day, so that periods count from it. The database says
 * when an end is recorded, and knows no day but this one.
 */
export async function endedLongAgo(owner: Database, personId: string): Promise<void> {
  await owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await owner.$executeRaw`
    update person_tie set ends_recorded = until - interval '30 days'
    where person_id = ${personId} and until is not null`;
  await owner.$executeRaw`alter table person_tie enable always trigger guarded`;
}
