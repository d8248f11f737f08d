import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { PersonRole } from './field-map.ts';

/** What somebody is to the custodian, now or before, each once and in the order of the names. */
export async function rolesOf(db: Database | Tx, personId: string): Promise<PersonRole[]> {
  const rows = await db.$queryRaw<{ role: PersonRole }[]>`
    select distinct role from person_tie where person_id = ${personId}
    union select 'operator' from operator where id = ${personId} order by 1`;
  return rows.map(({ role }) => role);
}
