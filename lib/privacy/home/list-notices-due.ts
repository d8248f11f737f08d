import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';

export type NoticeDueLine = {
  id: string;
  /** Pseudonymous. */
  person: string;
  cause: 'correction' | 'restriction';
  /** Number of the request within which it was restricted. */
  request: string | null;
  /** ISO instant. */
  since: string;
};
export type NoticesDueView = { rows: NoticeDueLine[]; count: number };

const shownMax = 10;

/** Corrections and restrictions of which recipients are still to be told (Article 19), the oldest above. */
export async function listNoticesDue(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<NoticesDueView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const where = { endedAt: null };
  const [rows, count] = await Promise.all([
    db.recipientNoticeDuty.findMany({
      where,
      orderBy: [{ since: 'asc' }, { id: 'asc' }],
      take: shownMax,
      include: { restriction: { select: { request: { select: { number: true } } } } },
    }),
    db.recipientNoticeDuty.count({ where }),
  ]);
  return ok({
    rows: rows.map(({ id, personId, restriction, since }) => ({
      id,
      person: personId,
      cause: restriction ? 'restriction' : 'correction',
      request: restriction?.request.number ?? null,
      since: since.toISOString(),
    })),
    count,
  });
}
