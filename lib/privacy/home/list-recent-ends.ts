import type { Actor } from '#lib/identity/actor.ts';
import { graceDays, takenBackUntil } from '#lib/persons/end-of-tie.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading } from '../requests/may-read.ts';

export type RecentEndLine = {
  /** Pseudonymous. */
  person: string;
  client: string;
  role: string;
  /** ISO days: the one that was said, and until when it can be taken back. */
  endedOn: string;
  takenBackUntil: string;
  /** ISO instant. */
  recordedAt: string;
};
export type RecentEndsView = { rows: RecentEndLine[]; count: number };

const shownMax = 10;

/** Ends of what people were to clients that can be taken back still, the one that counts first above. */
export async function listRecentEnds(
  actor: Actor,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<RecentEndsView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const where = { endsRecorded: { gt: new Date(clock().getTime() - graceDays * dayMs) } };
  const [rows, count] = await Promise.all([
    db.personTie.findMany({
      where,
      orderBy: [{ endsRecorded: 'asc' }, { personId: 'asc' }, { clientId: 'asc' }, { role: 'asc' }],
      take: shownMax,
    }),
    db.personTie.count({ where }),
  ]);
  return ok({
    rows: rows.flatMap(({ personId, clientId, role, until, endsRecorded }) => {
      const last = takenBackUntil({ endsRecorded });
      return until === null || endsRecorded === null || last === null
        ? []
        : [
            {
              person: personId,
              client: clientId,
              role,
              endedOn: dayOf(until),
              takenBackUntil: dayOf(last),
              recordedAt: endsRecorded.toISOString(),
            },
          ];
    }),
    count,
  });
}
