/** What the books say, as plain data: every amount is exact decimal text in the smallest unit. */
import { unitsOf } from '#lib/platform/db/units-of.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { hasCreditBalance } from './accounts.ts';
import { closeAt } from './close-books.ts';

const pageMax = 200;
const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? 50, 1), pageMax);

export type ClientBalance = {
  client: string;
  asset: string;
  /** What the client is owed. */
  posted: string;
  /** Set aside for withdrawals under way. */
  held: string;
  /** What can still be asked for: posted less held. */
  available: string;
};

/** Balances in the order of client and asset; `after` is the last one of the page before. */
export async function clientBalances(
  db: Database | Tx,
  wanted: { client?: string; after?: { client: string; asset: string }; limit?: number } = {},
): Promise<ClientBalance[]> {
  const { client = null, after } = wanted;
  return db.$queryRaw<ClientBalance[]>`
    select client_id as client, asset, (credits - debits)::text as posted, held::text as held,
        (credits - debits - held)::text as available
      from account
      where kind = 'client' and (${client}::text is null or client_id = ${client})
        and (${after?.client ?? null}::text is null
          or (client_id, asset) > (${after?.client ?? null}, ${after?.asset ?? null}))
      order by client_id, asset limit ${pageSize(wanted.limit)}`;
}

export type VaultPosition = { vault: string; asset: string; amount: string };

/** What each vault holds according to the books. There are tens of vaults, not thousands. */
export async function vaultPositions(db: Database | Tx): Promise<VaultPosition[]> {
  return db.$queryRaw<VaultPosition[]>`
    select vault_id as vault, asset, (debits - credits)::text as amount
      from account where kind = 'vault' order by vault_id, asset limit 1000`;
}

export type JournalView = {
  id: string;
  kind: string;
  operation: string | null;
  corrects: string | null;
  contentDigest: string;
  /** ISO instant. */
  postedAt: string;
  /** Positive amounts are debits, negative ones credits. */
  lines: { account: string; asset: string; amount: string }[];
};

export type JournalPage = {
  journals: JournalView[];
  /** Pass as `before` for the next, older page; null at the end. */
  next: string | null;
};

type JournalRow = Prisma.JournalGetPayload<{ include: { postings: true } }>;

/** @param row with its postings in the order of their lines. */
const journalOf = (row: JournalRow): JournalView => ({
  id: row.id.toString(),
  kind: row.kind,
  operation: row.operationId,
  corrects: row.corrects?.toString() ?? null,
  contentDigest: row.contentDigest,
  postedAt: row.postedAt.toISOString(),
  lines: row.postings.map((line) => ({
    account: line.accountId,
    asset: line.asset,
    amount: unitsOf(line.amount).toString(),
  })),
});

/** Journals with their lines, newest first. */
export async function journalPage(
  db: Database | Tx,
  wanted: { before?: string; operation?: string; limit?: number } = {},
): Promise<JournalPage> {
  const limit = pageSize(wanted.limit);
  const rows = await db.journal.findMany({
    where: {
      ...(wanted.before === undefined ? {} : { id: { lt: BigInt(wanted.before) } }),
      ...(wanted.operation === undefined ? {} : { operationId: wanted.operation }),
    },
    include: { postings: { orderBy: { line: 'asc' } } },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    journals: page.map(journalOf),
    next: rows.length > limit ? (page.at(-1)?.id.toString() ?? null) : null,
  };
}

export type JournalRecord = JournalView & {
  /** What names the event that was booked; no event is booked twice. */
  key: string;
  /** Later journals that correct this one. */
  correctedBy: string[];
  /** The arrivals on the chain that it credits, or the one that it takes back. */
  deposits: { chain: string; txid: string; vault: string; from: string }[];
  /** The entry of a bank's statement that it books; null for any other journal. */
  bankEntry: { account: string; statement: string; reference: string | null; day: string } | null;
};

/** One journal with what it rests on; null when there is none of this number. */
export async function findJournal(db: Database | Tx, id: bigint): Promise<JournalRecord | null> {
  const row = await db.journal.findUnique({
    where: { id },
    include: {
      postings: { orderBy: { line: 'asc' } },
      corrections: { select: { id: true }, orderBy: { id: 'asc' }, take: 50 },
      deposits: { orderBy: { txid: 'asc' }, take: 50 },
      depositReversal: { select: { deposit: true } },
      bankBookings: {
        select: {
          entry: {
            select: { accountId: true, statementId: true, reference: true, bookingDay: true },
          },
        },
      },
    },
  });
  const entry = row?.bankBookings[0]?.entry;
  return (
    row && {
      ...journalOf(row),
      key: row.idempotencyKey,
      correctedBy: row.corrections.map((correction) => correction.id.toString()),
      deposits: [
        ...row.deposits,
        ...(row.depositReversal ? [row.depositReversal.deposit] : []),
      ].map(({ chain, txid, vaultId, fromAddr }) => ({
        chain,
        txid,
        vault: vaultId,
        from: fromAddr,
      })),
      bankEntry: entry
        ? {
            account: entry.accountId,
            statement: entry.statementId.toString(),
            reference: entry.reference,
            day: entry.bookingDay.toISOString().slice(0, 10),
          }
        : null,
    }
  );
}

/** Where a page of an account ends: the last line on it. */
export type StatementCursor = { journal: string; line: number };

export type StatementLine = {
  journal: string;
  line: number;
  kind: string;
  operation: string | null;
  /** ISO instant. */
  postedAt: string;
  /** Positive is a debit, negative a credit. */
  amount: string;
  /** After this line, on the account's normal side: what a client is owed, what a vault holds. */
  balance: string;
};

export type StatementPage = { lines: StatementLine[]; next: StatementCursor | null };

/** Movements of one account with the balance after each, newest first. */
export async function accountStatement(
  db: Database | Tx,
  wanted: { account: string; before?: StatementCursor; limit?: number },
): Promise<StatementPage> {
  const limit = pageSize(wanted.limit);
  const { account, before } = wanted;
  const journal = before === undefined ? null : BigInt(before.journal);
  const line = before?.line ?? null;
  const sign = hasCreditBalance(account.split('/')[0] ?? '') ? -1 : 1;
  const rows = await db.$queryRaw<(Omit<StatementLine, 'postedAt'> & { postedAt: Date })[]>`
    with page as (
      select p.journal_id, p.line, p.amount, p.balance from posting p
        where p.account_id = ${account}
          and (${journal}::bigint is null or (p.journal_id, p.line) < (${journal}::bigint, ${line}::smallint))
        order by p.journal_id desc, p.line desc limit ${limit + 1}
    )
    select page.journal_id::text as journal, page.line::int as line, j.kind, j.operation_id::text as operation,
        j.posted_at as "postedAt", page.amount::text as amount, (${sign}::int * page.balance)::text as balance
      from page join journal j on j.id = page.journal_id
      order by page.journal_id desc, page.line desc`;
  const lines = rows
    .slice(0, limit)
    .map((row) => ({ ...row, postedAt: row.postedAt.toISOString() }));
  const last = lines.at(-1);
  return {
    lines,
    next: rows.length > limit && last ? { journal: last.journal, line: last.line } : null,
  };
}

/**
 * What an account stood at, in the smallest unit, as debits less credits: positive is a debit balance.
 * 0 for an account that had no line by then.
 * @param instant the balance is that of the first close at or after it.
 */
export async function balanceAt(
  db: Database | Tx,
  account: string,
  instant: Date,
): Promise<Result<{ balance: bigint; closedAt: Date }, 'not-closed-yet'>> {
  const position = await closeAt(db, instant);
  if (!position.ok) return position;
  const { closedAt, lastJournal } = position.value;
  const last = await db.posting.findFirst({
    where: { accountId: account, journalId: { lte: lastJournal } },
    orderBy: [{ journalId: 'desc' }, { line: 'desc' }],
    select: { balance: true },
  });
  return ok({ balance: last ? unitsOf(last.balance) : 0n, closedAt });
}
