import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { unitsText } from './amount-text.ts';
import { causeOn, lifeOf, type BreakRow } from './breaks/break-row.ts';
import { openBreaks, readBreakFilter, type BreakFilter } from './break-filter.ts';
import { businessDaysBetween } from './breaks/business-days.ts';
import type { BreakState, Closing } from './breaks/lifecycle.ts';
import { isClosed, isOpen, unprovedClosed } from './breaks/unproved-closed.ts';
import type { Cause } from './matching/cause.ts';
import { signOf } from './matching/difference.ts';

export type BreakLine = {
  id: string;
  number: string;
  kind: string;
  asset: string;
  place: string;
  cause: Cause;
  sign: 'shortfall' | 'surplus';
  amount: string;
  state: BreakState;
  closedBy: Closing | null;
  /** Closed in two people's names, who are not proved to have signed it: it counts as open. */
  isUnproved: boolean;
  foundAt: string;
  dueAt: string;
  isLate: boolean;
  overLimit: boolean;
  /** Working days since it was found. */
  age: number;
  owner: string | null;
};

export type BreaksView = {
  filter: BreakFilter;
  /** Why nothing was looked for, in a sentence; null when something was. */
  problem: string | null;
  rows: BreakLine[];
  next: string | null;
};

const pageSize = 50;

/** Breaks, newest first, a page at a time. @param asked one text for each parameter of the page. */
export async function listBreaks(
  actor: Actor,
  asked: Asked,
  { db, clock }: Context,
): Promise<Result<BreaksView>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const read = readBreakFilter(asked);
  if (!read.ok)
    return ok({ filter: openBreaks, problem: read.refusal.sentence, rows: [], next: null });
  const filter = read.value;
  const unproved = await unprovedClosed(db);
  const rows = await db.breakRecord.findMany({
    where: {
      AND:
        filter.state === 'all' ? [] : [(filter.state === 'closed' ? isClosed : isOpen)(unproved)],
      ...(filter.cause === null ? {} : { cause: filter.cause }),
      ...(filter.kind === null ? {} : { kind: filter.kind }),
      ...(filter.asset === null ? {} : { asset: filter.asset }),
      ...(filter.after === null
        ? {}
        : {
            OR: [
              { foundAt: { lt: filter.after.at } },
              { foundAt: filter.after.at, id: { gt: filter.after.id } },
            ],
          }),
    },
    orderBy: [{ foundAt: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
  });
  const nameOf = await operatorNames(db);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    filter,
    problem: null,
    rows: shown.map((row) =>
      breakLine(row, { nameOf, now: clock(), isUnproved: unproved.includes(row.id) }),
    ),
    next: rows.length > pageSize && last ? listCursorText({ at: last.foundAt, id: last.id }) : null,
  });
}

export function breakLine(
  row: BreakRow,
  {
    nameOf,
    now,
    isUnproved,
  }: { nameOf: (person: string) => string; now: Date; isUnproved: boolean },
): BreakLine {
  const { id, number, kind, asset, place, foundAt, dueAt, overLimit, owner } = row;
  const amount = unitsOf(row.amount);
  const { state, closedBy } = lifeOf(row);
  return {
    id,
    number,
    kind,
    asset,
    place,
    overLimit,
    state,
    closedBy,
    isUnproved,
    cause: causeOn(row),
    sign: signOf(amount),
    amount: unitsText(amount < 0n ? -amount : amount, asset),
    foundAt: foundAt.toISOString(),
    dueAt: dueAt.toISOString(),
    isLate: (state !== 'closed' || isUnproved) && dueAt < now,
    age: businessDaysBetween(foundAt, now),
    owner: owner === null ? null : nameOf(owner),
  };
}
