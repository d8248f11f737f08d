import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** The refusal of a client that is not on record; null when it is, and for none. */
export async function findUnknownClient(
  db: Database | Tx,
  client: string | null,
): Promise<Refused<'client-unknown'> | null> {
  if (client === null) return null;
  const found = await db.client.findUnique({ where: { id: client }, select: { id: true } });
  return found
    ? null
    : refuse('client-unknown', 'No client has this number. Choose one that is on record.');
}
