/** Closed positions: what was on record at an instant, told by commits and not by clocks of writers. */
import type { Database } from '#lib/platform/db/client.ts';
import { sqlStateOf, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

export type Close = {
  closedAt: Date;
  /** Number of the newest journal in it; 0 when there is none. */
  lastJournal: bigint;
};

/** SQLSTATE of a lock that was not free in time. */
const lockNotAvailable = '55P03';

/**
 * Closes the books as they stand: nothing that is booked later comes into the close.
 * @returns null when journals were being written all the time, or when the clock has not moved on; a
 *   later call closes them.
 */
export async function closeBooks(db: Pick<Database, '$queryRaw'>): Promise<Close | null> {
  try {
    const [row] = await db.$queryRaw<{ at: string | null; last: string | null }[]>`
      select answer ->> 'closedAt' as at, answer ->> 'lastJournal' as last
        from (select ledger_close() as answer) closing`;
    return row?.at && row.last
      ? { closedAt: new Date(row.at), lastJournal: BigInt(row.last) }
      : null;
  } catch (error) {
    if (sqlStateOf(error) === lockNotAvailable) return null;
    throw error;
  }
}

/**
 * The position of an instant: the first close at or after it, which has everything that was committed
 * by then.
 */
export async function closeAt(
  db: Database | Tx,
  instant: Date,
): Promise<Result<Close, 'not-closed-yet'>> {
  const found = await db.ledgerClose.findFirst({
    where: { closedAt: { gte: instant } },
    orderBy: { closedAt: 'asc' },
  });
  if (!found)
    return refuse(
      'not-closed-yet',
      'The books are not closed up to this time yet. They are closed every minute; ask again then.',
    );
  return ok({ closedAt: found.closedAt, lastJournal: found.lastJournal });
}
