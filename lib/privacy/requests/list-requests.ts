import { z } from 'zod';
import { localOf } from '#lib/incidents/time-zones.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { listCursor, listCursorText, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { lacksReading } from './may-read.ts';
import { requestStates, rights, type RequestState, type Right } from './life.ts';
import { loadSeat } from './load-seat.ts';
import { linesNow } from './lines-now.ts';
import { lineSql, type LineRow, type RequestLine } from './request-line.ts';
import { standings, type RequestStanding } from './standings.ts';
import { waitingFor } from './waiting-for.ts';

export type RequestFilter = {
  standing: RequestStanding;
  right: Right | null;
  state: RequestState | null;
  after: ListCursor | null;
};
export type RequestsView = {
  filter: RequestFilter;
  rows: RequestLine[];
  next: string | null;
  can: { work: boolean };
  serverNow: string;
};

const pageSize = 50;

type Asking = { today: string; actor: Actor };

const conditions: Readonly<Record<RequestStanding, (asking: Asking) => Prisma.Sql>> = {
  open: () => Prisma.sql`s.state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion',
    'proposed', 'approved')`,
  mine: ({ actor }) => waitingFor(actor),
  overdue: ({ today }) =>
    // While it pauses, its day moves with every day.
    Prisma.sql`c.state = 'running' and c.due_on < ${today}::date`,
  answered: () => Prisma.sql`s.state in ('fulfilled', 'partly-refused', 'refused', 'notified')`,
  ended: () => Prisma.sql`s.state in ('closed', 'withdrawn', 'duplicate')`,
  all: () => Prisma.sql`true`,
};

/** Requests, the newest receipt first, a page at a time. @param asked one text for each parameter. */
export async function listRequests(
  actor: Actor,
  asked: Asked,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<RequestsView>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = readFilter(asked);
  if (!read.ok) return read;
  const filter = read.value;
  const now = clock();
  return inSnapshot(db, async (tx) => {
    const seat = await loadSeat(tx, now);
    const today = seat ? localOf(now.getTime(), seat.zone).day : dayOf(now);
    const rows = await pageOf(tx, filter, { today, actor });
    const shown = rows.slice(0, pageSize);
    const last = shown.at(-1);
    return ok({
      filter,
      rows: await linesNow(tx, shown, { seat, now, today }),
      next:
        rows.length > pageSize && last
          ? listCursorText({ at: last.receivedAt, id: last.id })
          : null,
      can: { work: actor.scopes.has('privacy:work') },
      serverNow: now.toISOString(),
    });
  });
}

function readFilter(asked: Asked): Result<RequestFilter, 'filter-invalid'> {
  const given = (name: string): string | null => asked[name]?.trim() || null;
  const read = z
    .object({
      standing: z.enum(keysOf(standings)),
      right: z.enum(keysOf(rights)).nullable(),
      state: z.enum(keysOf(requestStates)).nullable(),
      after: listCursor.nullable(),
    })
    .safeParse({
      standing: given('standing') ?? 'open',
      right: given('right'),
      state: given('state'),
      after: given('after'),
    });
  return read.success
    ? ok(read.data)
    : refuse('filter-invalid', 'This can’t be asked for. Choose from the lists.');
}

function pageOf(tx: Tx, filter: RequestFilter, asking: Asking): Promise<LineRow[]> {
  const { standing, right, state, after } = filter;
  const all = [conditions[standing](asking)];
  if (right !== null) all.push(Prisma.sql`s."right" = ${right}`);
  if (state !== null) all.push(Prisma.sql`s.state = ${state}`);
  if (after !== null)
    all.push(Prisma.sql`(s.received_at, s.request_id) < (${after.at}, ${after.id}::uuid)`);
  return tx.$queryRaw<LineRow[]>`
    ${lineSql} where ${Prisma.join(all, ' and ')}
      order by s.received_at desc, s.request_id desc limit ${pageSize + 1}`;
}
