/** The packs of the board, newest first, and what a pack of the quarter that runs would say now. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { repeated } from '#lib/platform/search-params.ts';
import { previewPack } from './collect-pack.ts';
import { standingOf, type PackStanding } from './decision-words.ts';
import type { BoardPack } from './pack.ts';
import { quartersOffered, quarterWords } from './quarter.ts';

const perPage = 20;

export type PackLine = {
  id: string;
  number: string;
  quarter: string;
  madeAt: string;
  by: string;
  signatures: number;
  standing: PackStanding;
  approvedAt: string | null;
};

export type PacksView = {
  packs: PackLine[];
  next: string | null;
  /** The pack that could be made now; on the first page only. */
  preview: BoardPack | null;
  quarters: { value: string; label: string }[];
  /** Why another quarter is shown than was asked for. */
  refusedQuarter: string | null;
  can: { make: boolean };
};

/** @param input.quarter of the preview; for one that is not offered the one that runs is shown, and it is said. `after` ends the page before. */
export async function listPacks(
  actor: Actor,
  input: { after: string | null; quarter: string | null },
  context: Context,
): Promise<Result<PacksView>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const cursor = z.nullable(listCursor).safeParse(input.after);
  const after = cursor.success ? cursor.data : null;
  const rows = await context.db.boardPack.findMany({
    where:
      after === null
        ? {}
        : { OR: [{ madeAt: { lt: after.at } }, { madeAt: after.at, id: { gt: after.id } }] },
    orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
    take: perPage + 1,
    select: {
      id: true,
      number: true,
      quarter: true,
      madeAt: true,
      madeBy: true,
      approval: { select: { approvedAt: true } },
      _count: { select: { signatures: true } },
    },
  });
  const shown = rows.slice(0, perPage);
  const names = await peopleNames(
    context,
    shown.map(({ madeBy }) => madeBy),
  );
  const offered = quartersOffered(context.clock());
  const asked = offered.find((one) => one === input.quarter);
  const quarter = asked ?? offered[0] ?? '';
  const last = shown.at(-1);
  return ok({
    packs: shown.map(({ approval, _count: { signatures }, madeBy, ...row }) => ({
      id: row.id,
      number: row.number,
      quarter: row.quarter,
      madeAt: row.madeAt.toISOString(),
      by: names.get(madeBy) ?? madeBy,
      signatures,
      standing: standingOf(approval !== null, signatures),
      approvedAt: approval?.approvedAt.toISOString() ?? null,
    })),
    next: rows.length > perPage && last ? listCursorText({ at: last.madeAt, id: last.id }) : null,
    preview: after === null ? await previewPack(quarter, context) : null,
    quarters: offered.map((value) => ({ value, label: quarterWords(value) })),
    refusedQuarter:
      input.quarter === null || asked !== undefined
        ? null
        : `“${repeated(input.quarter)}” is no quarter that can be shown. Choose one of those below.`,
    can: { make: actor.scopes.has('resilience:write') },
  });
}

/** Names of people by id, as screens show them. */
export async function peopleNames(
  { db }: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const nameOf = await operatorNames(db);
  return new Map(ids.map((id) => [id, nameOf(id)]));
}
