/** What the parties get to decide on: the intent and the current attempt's statements, as signed. */
import { operationBundle, type OperationBundle } from '#lib/protocol/bundle.ts';
import type { OperationRow } from './load-standing.ts';

/** @throws when the stored texts no longer have the shape they were written in. */
export function bundleOf(row: OperationRow): OperationBundle {
  return operationBundle.parse({
    intent: JSON.parse(row.intent),
    statements: row.statements
      .filter((statement) => statement.attempt === row.attempt)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((statement) => ({
        statement: JSON.parse(statement.document),
        assertion: statement.assertion,
      })),
  });
}
