/** What a statement covers: a period, and the closes of the books that fix what lies in it. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
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
async function newestClose(db: Database | Tx): Promise<Close | null> {
  const found = await db.ledgerClose.findFirst({ orderBy: { closedAt: 'desc' } });
  return found && { closedAt: found.closedAt, lastJournal: found.lastJournal };
}

export type DaysRefusal = 'not-closed-yet' | 'before-the-books' | 'period-empty';

/**
 * The scope of whole days in UTC, as people ask for it.
 * @param days first and last day as 2026-11-28; an empty last day, or one that is not over, means up
 *   to the newest close.
 */
export async function scopeOfDays(
  db: Database | Tx,
  { from, through }: { from: string; through: string },
): Promise<Result<StatementScope, DaysRefusal>> {
  const newest = await newestClose(db);
  if (!newest)
    return refuse(
      'not-closed-yet',
      'The books have not been closed yet. They are closed every minute; ask again then.',
    );
  const first = new Date(`${from}T00:00:00Z`);
  const after = through === '' ? newest.closedAt : new Date(`${through}T00:00:00Z`);
  if (through !== '') after.setUTCDate(after.getUTCDate() + 1);
  const end = after > newest.closedAt ? newest.closedAt : after;
  if (first >= end)
    return refuse(
      'period-empty',
      'The period ends before it begins. Choose an earlier first day, or a later last day that is not in the future.',
    );
  const scope = await scopeOf(db, { from: first, to: end });
  if (!scope.ok) return scope;
  return scope.value
    ? ok(scope.value)
    : refuse(
        'before-the-books',
        'The books began after this period, so there is nothing to state for it.',
      );
}
