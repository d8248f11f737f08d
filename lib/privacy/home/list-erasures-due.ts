import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';

export type ErasureDueLine = {
  number: string;
  /** Pseudonymous. */
  personId: string;
  /** ISO day on which the last duty to keep ends; null where only an event ends it. */
  dueOn: string | null;
};
export type ErasuresDueView = { rows: ErasureDueLine[]; count: number };

const shownMax = 10;

/** Erasures that a duty to keep stands against, the one that comes back first above. */
export async function listErasuresDue(
  actor: Actor,
  { db }: Pick<Context, 'db'>,
): Promise<Result<ErasuresDueView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const where = { state: 'waiting' };
  const [rows, count] = await Promise.all([
    db.erasureDue.findMany({
      where,
      orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { requestId: 'asc' }],
      select: { personId: true, dueOn: true, request: { select: { number: true } } },
      take: shownMax,
    }),
    db.erasureDue.count({ where }),
  ]);
  return ok({
    rows: rows.map(({ personId, dueOn, request }) => ({
      number: request.number,
      personId,
      dueOn: dueOn && dayOf(dueOn),
    })),
    count,
  });
}
