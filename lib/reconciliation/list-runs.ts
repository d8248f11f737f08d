import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { unitsText } from './amount-text.ts';
import { runKinds } from './matching/inputs.ts';

export type RunLine = {
  id: string;
  kind: string;
  asset: string;
  place: string;
  at: string;
  startedBy: string;
  matched: number;
  /** Differences it found, explained ones among them. */
  breaks: number;
  difference: string;
};

const filterSchema = z.object({
  kind: z.enum(runKinds).nullable().catch(null),
  place: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .nullable()
    .catch(null),
  after: listCursor.nullable().catch(null),
});
export type RunFilter = z.infer<typeof filterSchema>;
export type RunsView = { filter: RunFilter; rows: RunLine[]; next: string | null };

const pageSize = 50;

/** How a request was started, as people read it. */
export const starterText = (startedBy: string, nameOf: (person: string) => string): string => {
  if (startedBy === 'schedule') return 'the schedule';
  return startedBy === 'command' ? 'a command at the machine' : nameOf(startedBy);
};

/** Runs, newest first, a page at a time. @param asked one text for each parameter of the page. */
export async function listRuns(
  actor: Actor,
  asked: Readonly<Record<string, string | null>>,
  { db }: Context,
): Promise<Result<RunsView>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const { kind = null, place = null, after = null } = asked;
  const filter = filterSchema.parse({ kind, place, after });
  const rows = await db.reconciliationRun.findMany({
    where: {
      ...(filter.kind === null ? {} : { kind: filter.kind }),
      ...(filter.place === null ? {} : { place: filter.place }),
      ...(filter.after === null
        ? {}
        : {
            OR: [
              { at: { lt: filter.after.at } },
              { at: filter.after.at, id: { gt: filter.after.id } },
            ],
          }),
    },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
    select: {
      id: true,
      kind: true,
      asset: true,
      place: true,
      at: true,
      matched: true,
      breaks: true,
      ledgerBalance: true,
      outsideBalance: true,
      request: { select: { startedBy: true } },
    },
  });
  const nameOf = await operatorNames(db);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    filter,
    rows: shown.map(({ request, ledgerBalance, outsideBalance, ...run }) => ({
      ...run,
      at: run.at.toISOString(),
      startedBy: starterText(request.startedBy, nameOf),
      difference: unitsText(unitsOf(outsideBalance) - unitsOf(ledgerBalance), run.asset),
    })),
    next: rows.length > pageSize && last ? listCursorText(last) : null,
  });
}
