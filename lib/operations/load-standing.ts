import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Standing } from './standing.ts';
import { standingInclude, standingOf, type StandingRow } from './standing-of.ts';

export type OperationRow = StandingRow;
export type LoadedStanding = { row: OperationRow; standing: Standing };

/** An operation with what it needs and what has been stated in its current attempt. */
export async function loadStanding(
  db: Database | Tx,
  operation: string,
): Promise<LoadedStanding | null> {
  const row = await db.operation.findUnique({ where: { id: operation }, include: standingInclude });
  if (!row) return null;
  const people = await db.operator.findMany({
    where: { id: { in: row.statements.map((statement) => statement.personId) } },
    select: { id: true, group: true },
  });
  const groupOf = new Map(people.map((person) => [person.id, person.group]));
  return { row, standing: standingOf(row, (id) => groupOf.get(id) ?? null) };
}
