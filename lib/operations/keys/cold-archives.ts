/** Backups by trips: what each party sealed lies with the answers that people brought. */
import { broughtBackups, type BroughtBackup } from '#lib/mpc/client/brought-backups.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { tripProgress } from '../cold/trip-progress.ts';

export type ColdArchive = BroughtBackup & { operation: string };

/** @param operations done backups, some of which may have needed no trip. */
export async function coldArchivesOf(
  operations: readonly string[],
  db: Database | Tx,
): Promise<ColdArchive[]> {
  const trips = await db.coldTrip.findMany({
    where: { operationId: { in: [...operations] }, state: 'done' },
    select: { operationId: true, progress: true },
  });
  return trips.flatMap(({ operationId: operation, progress }) => {
    const read = tripProgress.safeParse(progress);
    return read.success && read.data.what === 'ceremony'
      ? broughtBackups(read.data.ceremony).map((one) => ({ ...one, operation }))
      : [];
  });
}
