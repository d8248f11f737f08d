import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** As many as a list to choose from can hold; with more clients a number is typed in a field. */
const clientsMax = 1_000;

/** Clients to choose from in a form, by number. */
export async function listClientIds(db: Database | Tx): Promise<string[]> {
  const rows = await db.client.findMany({
    select: { id: true },
    orderBy: { id: 'asc' },
    take: clientsMax,
  });
  return rows.map(({ id }) => id);
}
