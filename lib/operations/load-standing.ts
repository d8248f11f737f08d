import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Standing } from './standing.ts';
import { standingInclude, standingOf, type StandingRow } from './standing-of.ts';
import { asState, isFinal } from './states.ts';
import { loadRoster, loadRosterAt } from './trust.ts';

export type OperationRow = StandingRow;
export type LoadedStanding = { row: OperationRow; standing: Standing };

/**
 * An operation with what it needs and what has been stated in its current attempt. Statements count
 * as the roster in force says at `now`; once it is over, as they did when it ended.
 */
export async function loadStanding(
  db: Database | Tx,
  operation: string,
  now: Date,
): Promise<LoadedStanding | null> {
  const row = await db.operation.findUnique({ where: { id: operation }, include: standingInclude });
  if (!row) return null;
  const isOver = isFinal(asState(row.state));
  const roster = isOver ? await loadRosterAt(db, row.rosterVersion) : await loadRoster(db);
  return { row, standing: standingOf(row, { roster, at: isOver ? row.stateChangedAt : now }) };
}
