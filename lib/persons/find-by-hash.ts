import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { SearchKind } from './field-map.ts';

/**
 * Ids of people with this keyed hash, out of the primary index alone.
 * @param most how many are wanted.
 */
export async function findByHash(
  db: Database | Tx,
  { kind, hash }: { kind: SearchKind; hash: Uint8Array },
  most: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select person_id as id from person_hash
    where kind = ${kind} and hash = ${hash} order by person_id limit ${most}`;
  return rows.map(({ id }) => id);
}
