/** What tests of guards need: a past that the guards would refuse, and seeing that somebody waits for a lock. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';

/** Writes into a table as its owner, in a transaction in which its guard is off. */
export async function besideGuard(
  owner: Database,
  table: 'segregation_check' | 'address_class' | 'register_step',
  statement: Prisma.Sql,
): Promise<void> {
  const name = Prisma.raw(table);
  await owner.$transaction([
    owner.$executeRaw`alter table ${name} disable trigger guarded`,
    owner.$executeRaw(statement),
    owner.$executeRaw`alter table ${name} enable always trigger guarded`,
  ]);
}

/** How many sessions of this database wait for a lock that has a name and no row. */
export async function waitingForNamed(owner: Database): Promise<number> {
  const [row] = await owner.$queryRaw<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_locks
      where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
  return row?.waiting ?? 0;
}
