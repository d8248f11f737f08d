/** The clients that a close of the books knows. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/**
 * Clients in whose name something was recorded by a close, in the order of their ids.
 * @param after the last client of the page before.
 */
export async function clientsAt(
  db: Database | Tx,
  { lastJournal }: { lastJournal: bigint },
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select c.id from client c
      where c.id > ${after} and exists (
        select from account a join posting p on p.account_id = a.id
          where a.client_id = c.id and p.journal_id <= ${lastJournal})
      order by c.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** How many there are. */
export async function countClientsAt(
  db: Database | Tx,
  { lastJournal }: { lastJournal: bigint },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from client c
      where exists (
        select from account a join posting p on p.account_id = a.id
          where a.client_id = c.id and p.journal_id <= ${lastJournal})`;
  return row?.count ?? 0;
}
