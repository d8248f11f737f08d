import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Database } from '#lib/platform/db/client.ts';

const atOnce = 400;

/**
 * Destroys the keys of texts as they were before something went from them, all of them; in the worker, which alone may.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour, and Error
 *   where a place could not be reached: they stay due.
 */
export async function destroyDueKeys(db: Database): Promise<void> {
  for (;;) {
    const due = await db.textKeyDue.findMany({ take: atOnce, orderBy: { keyId: 'asc' } });
    if (due.length === 0) return;
    const keys = due.map(({ keyId }) => keyId);
    const receipt = await dataKeys().shred(keys);
    if (receipt.places.some(({ done }) => !done))
      throw new Error('A key of a text stands in a place that could not be reached.');
    await db.textKeyDue.deleteMany({ where: { keyId: { in: keys } } });
  }
}
