import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type Mention = { table: string; commitment: string };

/** Texts that name a person, by the table that keeps them and their commitment. */
export async function mentionsOf(db: Database | Tx, personId: string): Promise<Mention[]> {
  const rows = await db.personMention.findMany({
    where: { personId },
    orderBy: [{ ofTable: 'asc' }, { commitment: 'asc' }],
  });
  return rows.map(({ ofTable, commitment }) => ({ table: ofTable, commitment }));
}
