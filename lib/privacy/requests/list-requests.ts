import { z } from 'zod';
import { localOf } from '#lib/incidents/time-zones.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { listCursor, listCursorText, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { lacksReading } from './may-read.ts';
import { requestStates, rights, type Channel, type RequestState, type Right } from './life.ts';
import { loadSeat } from './load-seat.ts';

export const standings = {
  open: 'Not answered',
  overdue: 'Over the law’s day',
  answered: 'Answered, not closed',
  ended: 'Closed, withdrawn or duplicate',
  all: 'All',
} as const;

export type RequestLine = {
  id: string;
  number: string;
  right: Right;
  channel: Channel;
  state: RequestState;
  receivedAt: string;
  /** Pseudonymous; null while nobody was chosen. */
  personId: string | null;
  clock: { state: string; dueOn: string; targetOn: string; daysLeft: number | null } | null;
};
export type RequestFilter = {
  standing: keyof typeof standings;
  right: Right | null;
  state: RequestState | null;
  after: ListCursor | null;
};
export type RequestsView = {
  filter: RequestFilter;
  rows: RequestLine[];
  next: string | null;
  serverNow: string;
};

const pageSize = 50;

const conditions: Readonly<Record<keyof typeof standings, (today: string) => Prisma.Sql>> = {
  open: () => Prisma.sql`s.state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion',
    'proposed', 'approved')`,
  overdue: (today) => Prisma.sql`c.state in ('running', 'paused') and c.due_on < ${today}::date`,
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
    const rows = await pageOf(tx, filter, today);
    const shown = rows.slice(0, pageSize);
    const last = shown.at(-1);
    return ok({
      filter,
      rows: shown.map((row) => lineOf(row, today)),
      next:
        rows.length > pageSize && last
          ? listCursorText({ at: last.receivedAt, id: last.id })
          : null,
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

type Row = {
  id: string;
  number: string;
  right: string;
  channel: string;
  state: string;
  receivedAt: Date;
  personId: string | null;
  clock: string | null;
  dueOn: Date | null;
  targetOn: Date | null;
};

function pageOf(tx: Tx, filter: RequestFilter, today: string): Promise<Row[]> {
  const { standing, right, state, after } = filter;
  const all = [conditions[standing](today)];
  if (right !== null) all.push(Prisma.sql`s."right" = ${right}`);
  if (state !== null) all.push(Prisma.sql`s.state = ${state}`);
  if (after !== null)
    all.push(Prisma.sql`(s.received_at, s.request_id) < (${after.at}, ${after.id}::uuid)`);
  return tx.$queryRaw<Row[]>`
    select s.request_id as id, s.number, s."right", s.channel, s.state, s.received_at as "receivedAt",
        s.person_id as "personId", c.state as clock, c.due_on as "dueOn", c.target_on as "targetOn"
      from privacy_request_standing s left join privacy_request_clock c on c.request_id = s.request_id
      where ${Prisma.join(all, ' and ')}
      order by s.received_at desc, s.request_id desc limit ${pageSize + 1}`;
}

const lineOf = (row: Row, today: string): RequestLine => ({
  id: row.id,
  number: row.number,
  right: row.right as Right,
  channel: row.channel as Channel,
  state: row.state as RequestState,
  receivedAt: row.receivedAt.toISOString(),
  personId: row.personId,
  clock:
    row.clock === null || row.dueOn === null || row.targetOn === null
      ? null
      : {
          state: row.clock,
          dueOn: dayOf(row.dueOn),
          targetOn: dayOf(row.targetOn),
          daysLeft:
            row.clock === 'running' || row.clock === 'paused'
              ? (row.dueOn.getTime() - Date.parse(`${today}T00:00:00Z`)) / dayMs
              : null,
        },
});
