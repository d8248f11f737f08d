/**
 * When the database was last held against the keys. A destruction makes a new root key, so where the service's is no other
 * than at the last look, no person's key went since, and an ordinary start asks nothing more.
 */
import type { ShredReceipt } from '#lib/platform/data-keys/data-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';

/** There is one row. */
export const checkRow = 1;

/** A destruction by an erasure on record: it is no reason to look again, unless others came between. */
export async function noteShred(
  db: Database,
  { rootBefore, rootAfter }: Pick<ShredReceipt, 'rootBefore' | 'rootAfter'>,
): Promise<void> {
  await db.privacyRestoreCheck.updateMany({
    where: { id: checkRow, generation: rootBefore },
    data: { generation: rootAfter },
  });
}
