import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { lacksReading } from '../../requests/may-read.ts';
import { isKeptBack } from './kept-back.ts';
import { holdLists, type HoldList } from './hold-lists.ts';
import type { Article, Cover, CoverKind, Ground, HoldState } from './life.ts';

export type HoldLine = {
  id: string;
  number: string;
  ground: Ground;
  article: Article;
  state: HoldState;
  /** ISO instant. */
  openedAt: string;
  reviewOn: string;
  isOverdue: boolean;
  /** Null where whoever looks is not told whom an investigation is about. */
  covers: Cover[] | null;
};
export type HoldsView = {
  list: HoldList;
  rows: HoldLine[];
  next: string | null;
  isFirst: boolean;
  can: { decide: boolean };
  today: string;
};

const pageSize = 50;

/** Holds, the newest first, a page at a time. @param asked one text for each parameter. */
export async function listHolds(
  actor: Actor,
  asked: Asked,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<HoldsView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = z
    .object({ list: z.enum(keysOf(holdLists)), after: listCursor.nullable() })
    .safeParse({
      list: asked['list']?.trim() || 'standing',
      after: asked['after']?.trim() || null,
    });
  if (!read.success)
    return refuse('filter-invalid', 'This can’t be asked for. Choose from the lists.');
  const { list, after } = read.data;
  const today = dayOf(clock());
  const rows = await db.privacyHoldStanding.findMany({
    where: {
      ...conditionOf(list, today),
      ...(after && {
        OR: [{ openedAt: { lt: after.at } }, { openedAt: after.at, holdId: { lt: after.id } }],
      }),
    },
    orderBy: [{ openedAt: 'desc' }, { holdId: 'desc' }],
    take: pageSize + 1,
    include: { hold: { select: { covers: { orderBy: [{ kind: 'asc' }, { subject: 'asc' }] } } } },
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    list,
    rows: shown.map((row) => ({
      id: row.holdId,
      number: row.number,
      ground: row.ground as Ground,
      article: row.article as Article,
      state: row.state as HoldState,
      openedAt: row.openedAt.toISOString(),
      reviewOn: dayOf(row.reviewOn),
      isOverdue: row.state !== 'lifted' && dayOf(row.reviewOn) < today,
      covers: isKeptBack(actor, row.ground)
        ? null
        : row.hold.covers.map(({ kind, subject }) => ({ kind: kind as CoverKind, subject })),
    })),
    next:
      rows.length > pageSize && last
        ? listCursorText({ at: last.openedAt, id: last.holdId })
        : null,
    isFirst: after === null,
    today,
    can: { decide: actor.scopes.has('privacy:approve') && !actor.roles.includes('dpo') },
  });
}

function conditionOf(list: HoldList, today: string): Prisma.PrivacyHoldStandingWhereInput {
  const state = { in: ['standing', 'lift-proposed'] };
  switch (list) {
    case 'standing':
      return { state };
    case 'overdue':
      return { state, reviewOn: { lt: startOfDay(today) } };
    case 'lifted':
      return { state: 'lifted' };
    case 'all':
      return {};
  }
}
