/** Whether reconciliation stands in the way of a withdrawal: an open shortfall beyond its asset's limit. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/**
 * Asked before anybody presses a key, and again when the withdrawal is written. It is the console's own
 * stop: parties have no books to hold against a chain, so a console in hostile hands can leave it out.
 * @returns null when nothing stands in the way.
 */
export async function findBreakStop(
  asset: string,
  db: Database | Tx,
): Promise<Refused<'break-over-limit'> | null> {
  const found = await db.breakRecord.findFirst({
    where: { asset, overLimit: true, state: { not: 'closed' } },
    orderBy: { foundAt: 'asc' },
    select: { number: true },
  });
  return (
    found &&
    refuse(
      'break-over-limit',
      `Less ${asset} is there than the books say (${found.number}), so none is paid out. See what the break’s page on Reconciliation says; when it is closed, raise this again.`,
    )
  );
}
