/** Statements of position: whose is due when, how far batches are, and what was issued last. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { nextDue, quarterOf, quarterPeriod } from '#lib/ledger/statements/quarter.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { listCursor } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';

export type DueRow = {
  client: string;
  /** Their newest statement. */
  last: { id: string; issuedAt: string; to: string } | null;
  /** ISO instant. */
  due: string;
  isOverdue: boolean;
};

export type BatchRow = {
  id: string;
  /** What it covers: 2026-Q3, or 2026-10-01 to 2026-11-28. */
  name: string;
  clients: number;
  issued: number;
  leftOut: { client: string; code: string }[];
  orderedBy: string;
  orderedAt: string;
  closedAt: string;
  lastJournal: string;
  /** Null while it is being made. */
  endedAt: string | null;
};

export type IssuedRow = {
  id: string;
  client: string;
  reason: string;
  from: string;
  to: string;
  lastJournal: string;
  contentDigest: string;
  issuedAt: string;
};

export type PositionsView = {
  mayIssue: boolean;
  /** The client whose statements are listed; null for all. */
  client: string | null;
  /** First day of the quarter that is under way, as a date. */
  firstDay: string;
  clients: number;
  overdue: number;
  due: DueRow[];
  batches: BatchRow[];
  issued: IssuedRow[];
  /** Cursor of the next page of issued ones; null at the end. */
  next: string | null;
};

const dueShown = 20;
const batchesShown = 8;
const issuedShown = 50;

const clientNumber = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

export async function viewPositions(
  actor: Actor,
  input: { client: string | null; before: string | null },
  { db, clock }: Context,
): Promise<Result<PositionsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const now = clock();
  const before = listCursor.safeParse(input.before);
  const client = clientNumber.safeParse(input.client).data ?? null;
  return inSnapshot(db, async (tx) => {
    const clients = await dueCounts(tx, now);
    const issued = await issuedPage(tx, client, before.success ? before.data : null);
    const page = issued.slice(0, issuedShown);
    const last = page.at(-1);
    return ok({
      mayIssue: actor.scopes.has('position:issue'),
      client,
      firstDay: quarterPeriod(quarterOf(now))?.from.toISOString().slice(0, 10) ?? '',
      ...clients,
      due: await dueFirst(tx, now),
      batches: await batchRows(tx),
      issued: page,
      next: issued.length > issuedShown && last ? `${Date.parse(last.issuedAt)}_${last.id}` : null,
    });
  });
}

/** Counted from the last statement, or from the client's first day here. */
async function dueCounts(tx: Tx, now: Date): Promise<{ clients: number; overdue: number }> {
  const [row] = await tx.$queryRaw<{ clients: number; overdue: number }[]>`
    select count(*)::int as clients, (count(*) filter (
        where coalesce(s.issued_at, c.created_at) + interval '3 months' < ${now}))::int as overdue
      from client c
        left join lateral (select issued_at from position_statement s
          where s.client_id = c.id order by s.issued_at desc limit 1) s on true
      where exists (select from account a where a.client_id = c.id)`;
  return row ?? { clients: 0, overdue: 0 };
}

type Due = {
  client: string;
  created: Date;
  id: string | null;
  issued: Date | null;
  to: Date | null;
};

async function dueFirst(tx: Tx, now: Date): Promise<DueRow[]> {
  const rows = await tx.$queryRaw<Due[]>`
    select c.id as client, c.created_at as created, s.id::text as id, s.issued_at as issued, s.period_to as to
      from client c
        left join lateral (select id, issued_at, period_to from position_statement s
          where s.client_id = c.id order by s.issued_at desc limit 1) s on true
      where exists (select from account a where a.client_id = c.id)
      order by coalesce(s.issued_at, c.created_at), c.id limit ${dueShown}`;
  return rows.map(({ client, created, id, issued, to }) => {
    const due = nextDue(issued ?? created);
    return {
      client,
      last:
        id && issued && to ? { id, issuedAt: issued.toISOString(), to: to.toISOString() } : null,
      due: due.toISOString(),
      isOverdue: due < now,
    };
  });
}

async function batchRows(tx: Tx): Promise<BatchRow[]> {
  const rows = await tx.statementBatch.findMany({
    orderBy: { orderedAt: 'desc' },
    take: batchesShown,
    include: { end: true, _count: { select: { statements: true } } },
  });
  return rows.map(({ end, _count, ...row }) => ({
    id: row.id,
    name: row.name,
    clients: row.clients,
    issued: _count.statements,
    leftOut: leftOutOf(end?.leftOut),
    orderedBy: row.orderedBy,
    orderedAt: row.orderedAt.toISOString(),
    closedAt: row.closedAt.toISOString(),
    lastJournal: row.lastJournal.toString(),
    endedAt: end?.endedAt.toISOString() ?? null,
  }));
}

const leftOut = z.array(z.object({ client: z.string(), code: z.string() }));
const leftOutOf = (stored: unknown): BatchRow['leftOut'] => {
  const known = leftOut.safeParse(stored ?? []);
  return known.success ? known.data : [];
};

async function issuedPage(
  tx: Tx,
  client: string | null,
  before: { at: Date; id: string } | null,
): Promise<IssuedRow[]> {
  const rows = await tx.positionStatement.findMany({
    where: {
      ...(client === null ? {} : { clientId: client }),
      ...(before === null
        ? {}
        : {
            OR: [{ issuedAt: { lt: before.at } }, { issuedAt: before.at, id: { gt: before.id } }],
          }),
    },
    orderBy: [{ issuedAt: 'desc' }, { id: 'asc' }],
    take: issuedShown + 1,
  });
  return rows.map((row) => ({
    id: row.id,
    client: row.clientId,
    reason: row.reason,
    from: row.periodFrom.toISOString(),
    to: row.periodTo.toISOString(),
    lastJournal: row.lastJournal.toString(),
    contentDigest: row.contentDigest,
    issuedAt: row.issuedAt.toISOString(),
  }));
}
