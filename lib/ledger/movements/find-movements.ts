/**
 * Movements of one account under a filter, a page at a time, in either direction.
 *
 * Lines are looked up in the order of their journals by the index over account and journal, and each is
 * asked whether the filter wants it. A page looks at a bounded number of journals, so a filter that fits
 * hardly any of millions of lines answers as quickly as any other: it says how far it looked.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { hasCreditBalance } from '../accounts.ts';
import type { StatementCursor, StatementLine } from '../queries.ts';
import { narrows, type MovementFilter } from './filter.ts';
import { namedJournals } from './named-journals.ts';

/** Journals that one page looks at. */
export const journalsPerLook = 20_000;

/** Where a page begins: after this line in one of the two directions. */
export type PageStart = { towards: 'older' | 'newer'; from: StatementCursor };

export type MovementsWanted = {
  account: string;
  filter: MovementFilter;
  /** Null for the first page. */
  start: PageStart | null;
  limit: number;
  /** For tests; `journalsPerLook` otherwise. */
  look?: number;
};

export type MovementPage = {
  /** In the order of the filter. */
  lines: StatementLine[];
  /** Begins the page of older movements; null when there are none. */
  older: StatementCursor | null;
  newer: StatementCursor | null;
  /** Number of the journal at which the look stopped with more to look at; null when all was seen. */
  lookedUpTo: string | null;
};

/** Beyond any line of a journal, as 0 is before all of them: a cursor with it has done with its journal. */
const LINE_MAX = 9_999;

/** How long a transaction that writes a journal may take, many times over. */
const LATE_MS = 3_600_000;

export async function findMovements(
  db: Database | Tx,
  { account, filter, start, limit, look = journalsPerLook }: MovementsWanted,
): Promise<MovementPage> {
  const isDown = start ? start.towards === 'older' : filter.order === 'newest';
  const scan = await scanOf(db, { account, filter, start, isDown, limit, look });
  if (scan === null) return { lines: [], older: null, newer: null, lookedUpTo: null };
  const sign = hasCreditBalance(account.split('/')[0] ?? '') ? -1 : 1;
  const direction = isDown ? Prisma.sql`desc` : Prisma.sql`asc`;
  // OFFSET 0 keeps each look-up apart: one line by its index for each journal that was found.
  const rows = await db.$queryRaw<(Omit<StatementLine, 'postedAt'> & { postedAt: Date })[]>`
    select s.journal_id::text as journal, a.line::int as line, j.kind, j.operation_id::text as operation,
        j.posted_at as "postedAt", a.amount::text as amount, (${sign}::int * a.balance)::text as balance
      from (${scan.journals}) s
        cross join lateral (
          select p.line, p.amount, p.balance from posting p
            where p.account_id = ${account} and p.journal_id = s.journal_id ${lineTests(filter, sign, start)}
            offset 0) a
        cross join lateral (
          select j.kind, j.operation_id, j.posted_at from journal j
            where j.id = s.journal_id ${journalTests(filter)} offset 0) j
      where ${otherTest(filter, scan.driver)}
      order by s.journal_id ${direction}, a.line ${direction} limit ${limit + 1}`;
  const found = rows
    .slice(0, limit)
    .map((row) => ({ ...row, postedAt: row.postedAt.toISOString() }));
  const hasMore = rows.length > limit;
  const end = hasMore || !narrows(filter) ? null : await endOfLook(db, scan, isDown);
  const last = found.at(-1);
  const on = hasMore && last ? { journal: last.journal, line: last.line } : (end?.cursor ?? null);
  const back = start && comesBefore(found[0] ?? null, start);
  return {
    lines: isDown === (filter.order === 'newest') ? found : found.toReversed(),
    older: isDown ? on : back,
    newer: isDown ? back : on,
    lookedUpTo: end?.cursor.journal ?? null,
  };
}

type Scan = { journals: Prisma.Sql; driver: string; look: number };

/** The journals to look at, in order; null when nothing is known by what was searched for. */
async function scanOf(
  db: Database | Tx,
  wanted: Required<MovementsWanted> & { isDown: boolean },
): Promise<Scan | null> {
  const { account, filter, start, isDown, limit } = wanted;
  const named = filter.find === null ? null : await namedJournals(db, filter.find);
  if (named?.length === 0) return null;
  const driver = await driverOf(db, account, filter.other);
  const { after, upTo } = await journalRange(db, filter);
  const tests = [
    Prisma.sql`p.account_id = ${driver}`,
    ...(named ? [Prisma.sql`p.journal_id = any(${named}::bigint[])`] : []),
    ...(after === null ? [] : [Prisma.sql`p.journal_id > ${after}::bigint`]),
    ...(upTo === null ? [] : [Prisma.sql`p.journal_id <= ${upTo}::bigint`]),
    ...(start ? [fromJournal(start)] : []),
  ];
  // Where every line counts, as many journals are enough as there are lines on a page, and one for its end.
  const look = narrows(filter) ? wanted.look : limit + 2;
  const direction = isDown ? Prisma.sql`desc` : Prisma.sql`asc`;
  const journals = Prisma.sql`
    select p.journal_id from posting p where ${Prisma.join(tests, ' and ')}
      group by p.journal_id order by p.journal_id ${direction} limit ${look}`;
  return { journals, driver, look };
}

/** The journal of the cursor counts too where lines of it may be left. */
function fromJournal({ towards, from }: PageStart): Prisma.Sql {
  const journal = Prisma.sql`${from.journal}::bigint`;
  if (towards === 'older')
    return from.line === 0
      ? Prisma.sql`p.journal_id < ${journal}`
      : Prisma.sql`p.journal_id <= ${journal}`;
  return from.line === LINE_MAX
    ? Prisma.sql`p.journal_id > ${journal}`
    : Prisma.sql`p.journal_id >= ${journal}`;
}

/** Of two accounts that a journal must move, the one with fewer changes leads to it sooner. */
async function driverOf(db: Database | Tx, account: string, other: string | null): Promise<string> {
  if (other === null) return account;
  const rows = await db.account.findMany({
    where: { id: { in: [account, other] } },
    select: { id: true, version: true },
    orderBy: { version: 'asc' },
  });
  // An account that is not there has no line either, so it leads to nothing at once.
  return rows.length < 2 ? other : (rows[0]?.id ?? account);
}

/**
 * Numbers of journals that hold all of the days asked for, told by closes of the books: what a close has was
 * committed by then, and what begins after it comes later. Which of them count is told by their times.
 */
async function journalRange(
  db: Database | Tx,
  { from, until }: MovementFilter,
): Promise<{ after: bigint | null; upTo: bigint | null }> {
  const before = from
    ? await db.ledgerClose.findFirst({
        where: { closedAt: { lte: from } },
        orderBy: { closedAt: 'desc' },
      })
    : null;
  const later = until
    ? await db.ledgerClose.findFirst({
        where: { closedAt: { gte: new Date(until.getTime() + LATE_MS) } },
        orderBy: { closedAt: 'asc' },
      })
    : null;
  return { after: before?.lastJournal ?? null, upTo: later?.lastJournal ?? null };
}

function lineTests(
  { way, least, most }: MovementFilter,
  sign: 1 | -1,
  start: PageStart | null,
): Prisma.Sql {
  const isDebit = (way === 'in') === (sign === 1);
  const tests = [
    ...(way === null ? [] : [isDebit ? Prisma.sql`p.amount > 0` : Prisma.sql`p.amount < 0`]),
    ...(least === null ? [] : [Prisma.sql`abs(p.amount) >= ${least.toString()}::numeric`]),
    ...(most === null ? [] : [Prisma.sql`abs(p.amount) <= ${most.toString()}::numeric`]),
    ...(start === null ? [] : [beyond(start)]),
  ];
  return tests.length === 0 ? Prisma.empty : Prisma.sql`and ${Prisma.join(tests, ' and ')}`;
}

function beyond({ towards, from }: PageStart): Prisma.Sql {
  const at = Prisma.sql`(${from.journal}::bigint, ${from.line}::int)`;
  return towards === 'older'
    ? Prisma.sql`(p.journal_id, p.line) < ${at}`
    : Prisma.sql`(p.journal_id, p.line) > ${at}`;
}

function journalTests({ kind, from, until }: MovementFilter): Prisma.Sql {
  const tests = [
    ...(kind === null ? [] : [Prisma.sql`j.kind = ${kind}`]),
    ...(from === null ? [] : [Prisma.sql`j.posted_at >= ${from.toISOString()}::timestamptz`]),
    ...(until === null ? [] : [Prisma.sql`j.posted_at < ${until.toISOString()}::timestamptz`]),
  ];
  return tests.length === 0 ? Prisma.empty : Prisma.sql`and ${Prisma.join(tests, ' and ')}`;
}

const otherTest = ({ other }: MovementFilter, driver: string): Prisma.Sql =>
  other === null || other === driver
    ? Prisma.sql`true`
    : Prisma.sql`exists (
        select from posting o where o.account_id = ${other} and o.journal_id = s.journal_id offset 0)`;

/** Where the look ended, when it ended because it had looked at enough; null when it saw everything. */
async function endOfLook(
  db: Database | Tx,
  { journals, look }: Scan,
  isDown: boolean,
): Promise<{ cursor: StatementCursor } | null> {
  const [row] = await db.$queryRaw<
    { seen: number; lowest: string | null; highest: string | null }[]
  >`
    select count(*)::int as seen, min(journal_id)::text as lowest, max(journal_id)::text as highest
      from (${journals}) s`;
  if (!row || row.seen < look || row.lowest === null || row.highest === null) return null;
  return {
    cursor: isDown ? { journal: row.lowest, line: 0 } : { journal: row.highest, line: LINE_MAX },
  };
}

/** Begins the page that this one was reached from, with the line it ended at. */
function comesBefore(first: StatementCursor | null, { towards, from }: PageStart): StatementCursor {
  if (first) return { journal: first.journal, line: first.line };
  const line = towards === 'older' ? from.line - 1 : from.line + 1;
  return { journal: from.journal, line: Math.min(Math.max(line, 0), LINE_MAX) };
}
