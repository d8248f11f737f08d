import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { lacksReading, mayReadContents } from '../requests/may-read.ts';
import { breachLists, type BreachList } from './breach-lists.ts';
import { breachClock, type BreachClock } from './clock.ts';
import { suspectedTarget, type BreachState, type Risk, type Source } from './life.ts';

export type BreachLine = {
  id: string;
  number: string;
  state: BreachState;
  source: Source;
  risk: Risk | null;
  /** ISO instant. */
  noticedAt: string;
  clock: BreachClock;
  /** What the closed ones ended with. */
  ending: 'notified' | 'cleared' | null;
};
export type BreachesView = {
  list: BreachList;
  /** Open ones begin with the one whose 72 hours end first. */
  rows: BreachLine[];
  next: string | null;
  /** Breaches of which the authority was not told, though the 72 hours are over. */
  overdue: number;
  /** Breaches that are only suspected for longer than our own target. */
  lying: number;
  can: {
    report: boolean;
    /** What people wrote, which the file of the register holds then. */
    read: boolean;
  };
  serverNow: string;
};

const pageSize = 50;
const openStates = ['suspected', 'confirmed', 'assessed', 'contained'];
const untold = { notifiedAt: null, clearedAt: null, state: { in: openStates } };

/** The register of breaches, a page at a time. @param asked one text for each parameter. */
export async function listBreaches(
  actor: Actor,
  asked: Asked,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<BreachesView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = z
    .object({ list: z.enum(keysOf(breachLists)), after: listCursor.nullable() })
    .safeParse({ list: asked['list']?.trim() || 'open', after: asked['after']?.trim() || null });
  if (!read.success)
    return refuse('filter-invalid', 'This can’t be asked for. Choose from the lists.');
  const { list, after } = read.data;
  const now = clock();
  const overdue = { ...untold, dueAt: { lt: now } };
  const lying = {
    state: 'suspected',
    suspectedAt: { lt: new Date(now.getTime() - suspectedTarget * 3_600_000) },
  };
  const conditions = {
    open: { state: { in: openStates } },
    overdue,
    lying,
    closed: { state: 'closed' },
    'not-a-breach': { state: 'not-a-breach' },
    all: {},
  } as const satisfies Record<BreachList, object>;
  const rows = await db.privacyBreachStanding.findMany({
    where: {
      ...conditions[list],
      ...(after && {
        OR: [{ noticedAt: { lt: after.at } }, { noticedAt: after.at, breachId: { lt: after.id } }],
      }),
    },
    orderBy: [{ noticedAt: 'desc' }, { breachId: 'desc' }],
    take: pageSize + 1,
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const lines = shown.map((row) => lineOf(row, now));
  return ok({
    list,
    rows:
      list === 'closed' || list === 'not-a-breach' || list === 'all'
        ? lines
        : lines.toSorted(byEnd),
    next:
      rows.length > pageSize && last
        ? listCursorText({ at: last.noticedAt, id: last.breachId })
        : null,
    overdue: await db.privacyBreachStanding.count({ where: overdue }),
    lying: await db.privacyBreachStanding.count({ where: lying }),
    can: { report: actor.scopes.has('incident:report'), read: mayReadContents(actor) },
    serverNow: now.toISOString(),
  });
}

type Row = {
  breachId: string;
  number: string;
  state: string;
  source: string;
  risk: string | null;
  noticedAt: Date;
  suspectedAt: Date;
  awareAt: Date | null;
  notifiedAt: Date | null;
  clearedAt: Date | null;
};

function lineOf(row: Row, now: Date): BreachLine {
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  const state = row.state as BreachState;
  return {
    id: row.breachId,
    number: row.number,
    state,
    source: row.source as Source,
    risk: row.risk as Risk | null,
    noticedAt: row.noticedAt.toISOString(),
    clock: breachClock(
      {
        state,
        suspectedAt: row.suspectedAt.toISOString(),
        awareAt: iso(row.awareAt),
        notifiedAt: iso(row.notifiedAt),
        clearedAt: iso(row.clearedAt),
      },
      now,
    ),
    ending: row.notifiedAt ? 'notified' : row.clearedAt ? 'cleared' : null,
  };
}

/** Those whose clock runs come first, the nearest end above; the others follow as they were noticed, newest first. */
const byEnd = (one: BreachLine, other: BreachLine): number => endOf(one) - endOf(other);
const endOf = ({ clock }: BreachLine): number =>
  clock.left === null
    ? Number.MAX_SAFE_INTEGER
    : Date.parse(clock.dueAt ?? clock.decideBy ?? '9999-12-31T00:00:00Z');
