import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { lacksReading } from '../../requests/may-read.ts';
import { countSkipped, type Skipped } from './skips.ts';

export type RunLine = {
  id: string;
  number: string;
  kind: 'nightly' | 'rehearsal';
  day: string;
  by: string;
  /** ISO instants. */
  askedAt: string;
  endedAt: string | null;
  due: number;
  left: number;
  acted: number;
  /** Rules whose report waits for somebody, or waited. */
  waits: number;
};
export type RunsView = { rows: RunLine[]; next: string | null; isFirst: boolean; today: string };

const pageSize = 50;

/** Runs of retention, the newest first, a page at a time. @param asked one text for each parameter. */
export async function listRuns(
  actor: Actor,
  asked: Asked,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<RunsView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = z
    .object({ after: listCursor.nullable() })
    .safeParse({ after: asked['after']?.trim() || null });
  if (!read.success)
    return refuse('filter-invalid', 'This can’t be asked for. Choose from the lists.');
  const { after } = read.data;
  const names = await operatorNames(db);
  const rows = await db.retentionRun.findMany({
    where: {
      ...(after && {
        OR: [{ askedAt: { lt: after.at } }, { askedAt: after.at, id: { lt: after.id } }],
      }),
    },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    include: { reports: { select: { due: true, acted: true, skipped: true, outcome: true } } },
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return ok({
    rows: shown.map(({ reports, ...row }) => ({
      id: row.id,
      number: row.number,
      kind: row.kind === 'nightly' ? 'nightly' : 'rehearsal',
      day: dayOf(row.day),
      by: row.askedBy === 'system' ? 'The system' : names(row.askedBy),
      askedAt: row.askedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      due: reports.reduce((sum, { due }) => sum + due, 0),
      left: reports.reduce((sum, { skipped }) => sum + countSkipped(skipped as Skipped), 0),
      acted: reports.reduce((sum, { acted }) => sum + acted, 0),
      waits: reports.filter(({ outcome }) => outcome === 'waits' || outcome === 'asks').length,
    })),
    next: rows.length > pageSize && last ? listCursorText({ at: last.askedAt, id: last.id }) : null,
    isFirst: after === null,
    today: dayOf(clock()),
  });
}
