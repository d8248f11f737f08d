/** What a statement covers: a period, and the closes of the books that fix what lies in it. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { closeAt, type Close } from '../close-books.ts';
import type { Period } from './quarter.ts';

export type StatementScope = Period & {
  /** The close of the opening balances; null when the books began later. */
  opened: Close | null;
  /** The close that everything is drawn up from: nothing comes into it any more. */
  close: Close;
};

/** Whether the books had been closed by then at all. */
async function hadBegun(db: Database | Tx, instant: Date): Promise<boolean> {
  const earlier = await db.ledgerClose.findFirst({
    where: { closedAt: { lte: instant } },
    select: { id: true },
  });
  return earlier !== null;
}

/**
 * The closes of a period: of both ends the first at or after it, so that one period begins where the
 * one before ended. A period whose beginning is older than the books begins with nothing.
 * @returns null inside when the books began after the period.
 */
export async function scopeOf(
  db: Database | Tx,
  { from, to }: Period,
): Promise<Result<StatementScope | null, 'not-closed-yet'>> {
  const close = await closeAt(db, to);
  if (!close.ok) return close;
  if (!(await hadBegun(db, to))) return ok(null);
  if (!(await hadBegun(db, from))) return ok({ from, to, opened: null, close: close.value });
  const opened = await closeAt(db, from);
  return opened.ok ? ok({ from, to, opened: opened.value, close: close.value }) : opened;
}

/** The newest close there is. */
export async function newestClose(db: Database | Tx): Promise<Close | null> {
  const found = await db.ledgerClose.findFirst({ orderBy: { closedAt: 'desc' } });
  return found && { closedAt: found.closedAt, lastJournal: found.lastJournal };
}
