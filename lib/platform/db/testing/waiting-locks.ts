import type { Database } from '../client.ts';

/** How many connections of this database wait for a named lock. */
export async function waitingLocks(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<{ found: number }[]>`
    select count(*)::int as found from pg_locks l join pg_database d on d.oid = l.database
      where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
  return row?.found ?? 0;
}
