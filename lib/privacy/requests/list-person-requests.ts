import { localOf } from '#lib/incidents/time-zones.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { loadSeat } from './load-seat.ts';
import { lacksReading } from './may-read.ts';
import { linesNow } from './lines-now.ts';
import { lineSql, type LineRow, type RequestLine } from './request-line.ts';

export type PersonRequests = { rows: RequestLine[]; hasMore: boolean };

const shownMax = 50;

/** What a person has asked about their data, the newest receipt first. @param person a person id. */
export async function listPersonRequests(
  actor: Actor,
  person: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<PersonRequests>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const now = clock();
  return inSnapshot(db, async (tx) => {
    const seat = await loadSeat(tx, now);
    const today = seat ? localOf(now.getTime(), seat.zone).day : dayOf(now);
    const rows = await tx.$queryRaw<LineRow[]>`
      ${lineSql} where s.person_id = ${person}
        order by s.received_at desc, s.request_id desc limit ${shownMax + 1}`;
    return ok({
      rows: await linesNow(tx, rows.slice(0, shownMax), { seat, now, today }),
      hasMore: rows.length > shownMax,
    });
  });
}
