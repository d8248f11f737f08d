/** Every look for recurring incidents: when, by whom, what was found, and which incident answers each group. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { listCursor, listCursorText, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import type { IncidentClass } from '../desk/life.ts';
import { answersTo, findAnswers, type Answer } from './answer-group.ts';

/** An incident by its number; `id` leads to it, null where it is not there any more to be led to. */
export type Named = { number: string; id: string | null };

export type GroupLine = {
  /** The detailed cause that the members share. */
  cause: string;
  /** Days of the first and the last member. */
  first: string;
  last: string;
  /** The members that are named, and how many there are in all. */
  members: Named[];
  count: number;
  /** How the group is major taken together. */
  route: string;
  /** The incident as which the group came to the desk. */
  answer: (Named & { class: IncidentClass }) | null;
};

export type CheckLine = {
  id: string;
  at: string;
  /** Name of the person who asked; null for the schedule. */
  by: string | null;
  from: string;
  until: string;
  lookedAt: number;
  groups: GroupLine[];
  /** Groups beyond those that are listed. */
  more: number;
};

export type ChecksView = {
  rows: CheckLine[];
  isFirst: boolean;
  next: string | null;
  can: { look: boolean };
};

const pageSize = 20;
const groupsShown = 20;
const membersShown = 40;

/** The groups of a look, as `check-recurrence.ts` records them. */
export const foundSchema = z.array(
  z.object({
    cause: z.string(),
    first: z.string(),
    last: z.string(),
    /** Of all members; looks of old did not say, and named all that there were up to 200. */
    count: z.number().optional(),
    incidents: z.array(z.string()),
    route: z.string(),
  }),
);
type Found = z.infer<typeof foundSchema>[number];

/** Newest first, a page at a time. @param asked `after`, where the page before ended. */
export async function listChecks(
  actor: Actor,
  asked: Asked,
  { db }: Context,
): Promise<Result<ChecksView>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const after = listCursor
    .nullable()
    .catch(null)
    .parse(asked['after'] ?? null);
  const nameOf = await operatorNames(db);
  return inSnapshot(db, async (tx) => {
    const rows = await pageOf(tx, after);
    const shown = rows
      .slice(0, pageSize)
      .map((row) => ({ ...row, found: foundSchema.parse(row.groups) }));
    const groups = shown.flatMap(({ found }) => found.slice(0, groupsShown));
    const members = [...new Set(groups.flatMap(({ incidents }) => incidents))];
    const about = { ids: await idsOf(tx, members), answers: await findAnswers(tx, members) };
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    return ok({
      rows: shown.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        by: row.startedBy === 'schedule' ? null : nameOf(row.startedBy),
        from: dayOf(row.fromDay),
        until: dayOf(row.untilDay),
        lookedAt: row.lookedAt,
        groups: row.found.slice(0, groupsShown).map((group) => lineOf(group, about)),
        more: Math.max(0, row.found.length - groupsShown),
      })),
      isFirst: after === null,
      next: last ? listCursorText(last) : null,
      can: { look: actor.scopes.has('incident:classify') },
    });
  });
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const pageOf = (tx: Tx, after: ListCursor | null) =>
  tx.recurrenceCheck.findMany({
    where:
      after === null
        ? {}
        : { OR: [{ at: { lt: after.at } }, { at: after.at, id: { gt: after.id } }] },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: pageSize + 1,
  });

type About = { ids: ReadonlyMap<string, string>; answers: readonly Answer[] };

async function idsOf(tx: Tx, numbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.incident.findMany({
    where: { number: { in: [...numbers] } },
    select: { id: true, number: true },
  });
  return new Map(rows.map(({ id, number }) => [number, id]));
}

function lineOf(
  { cause, first, last, count, incidents, route }: Found,
  { ids, answers }: About,
): GroupLine {
  const [answer] = answersTo(answers, incidents, cause);
  return {
    cause,
    first: first.slice(0, 10),
    last: last.slice(0, 10),
    members: incidents
      .slice(0, membersShown)
      .map((number) => ({ number, id: ids.get(number) ?? null })),
    count: count ?? incidents.length,
    route,
    answer: answer
      ? { id: answer.id, number: answer.number, class: answer.class as IncidentClass }
      : null,
  };
}
