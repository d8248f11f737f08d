import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';

export type IncidentView = {
  id: string;
  /** Such as INC-2026-000001. */
  number: string;
  what: string;
  title: string;
  openedAt: string;
  /** Name of who opened it, or "The system". */
  openedBy: string;
  state: string;
  operations: { id: string; number: string }[];
};
export type IncidentPage = { rows: IncidentView[]; next: string | null };

const pageSize = 50;

/** Incident records, newest first, a page at a time. @param input.after cursor of the page before. */
export async function listIncidents(
  actor: Actor,
  input: { after: string | null },
  { db }: Context,
): Promise<Result<IncidentPage>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const cursor = listCursor.safeParse(input.after);
  const rows = await db.incidentRecord.findMany({
    where: cursor.success
      ? {
          OR: [
            { openedAt: { lt: cursor.data.at } },
            { openedAt: cursor.data.at, id: { gt: cursor.data.id } },
          ],
        }
      : {},
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
    include: { operations: { include: { operation: { select: { number: true } } } } },
  });
  const nameOf = await operatorNames(db);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    rows: shown.map((row) => ({
      id: row.id,
      number: row.number,
      what: row.what,
      title: row.title,
      openedAt: row.openedAt.toISOString(),
      openedBy: row.openedBy === 'system' ? 'The system' : nameOf(row.openedBy),
      state: row.state,
      operations: row.operations.map(({ operationId, operation }) => ({
        id: operationId,
        number: operation.number,
      })),
    })),
    next:
      rows.length > pageSize && last ? listCursorText({ at: last.openedAt, id: last.id }) : null,
  });
}
