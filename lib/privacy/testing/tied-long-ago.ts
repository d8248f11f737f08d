import type { Database } from '#lib/platform/db/client.ts';

/** The ties to a client as if each had come on record ninety days ago. The database says when, and knows no day but this. */
export async function tiedLongAgo(owner: Database, clientId: string): Promise<void> {
  await owner.$executeRaw`alter table person_tie disable trigger guarded`;
  await owner.$executeRaw`
    update person_tie set since = since - interval '90 days', recorded_at = recorded_at - interval '90 days'
    where client_id = ${clientId}`;
  await owner.$executeRaw`alter table person_tie enable always trigger guarded`;
}
