/** One issued statement as its page shows it: what it covers, what it was drawn up from, its digests. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountText } from '../ledger-text.ts';
import { movementsAtOnce } from './at-once.ts';
import { findIssued } from './find-issued.ts';

export type PositionView = {
  id: string;
  client: string;
  reason: 'quarterly' | 'request';
  /** ISO instants; the end belongs to the next period. */
  from: string;
  to: string;
  /** What its batch is called, such as 2026-Q3; null when it was issued by itself. */
  batch: string | null;
  openedAt: string | null;
  closedAt: string;
  lastJournal: string;
  movements: number;
  /** What the client is owed of each asset at the end, in the order of codes. Exact decimal text. */
  closing: { asset: string; amount: string }[];
  /** How many amounts were set aside then. */
  pending: number;
  contentDigest: string;
  pdfDigest: string;
  csvDigest: string;
  /** A person, or `worker` or `system`. */
  issuedBy: string;
  issuedByName: string | null;
  issuedAt: string;
  /** Whether its files are made while somebody waits. */
  hasFiles: boolean;
};

export async function viewPosition(
  actor: Actor,
  { id }: { id: string },
  { db }: Context,
): Promise<Result<PositionView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const row = await findIssued(db, id);
  if (!row) return refuse('statement-unknown', 'There is no such statement.');
  const batch =
    row.batchId === null
      ? null
      : await db.statementBatch.findUnique({
          where: { id: row.batchId },
          select: { name: true },
        });
  const person = await db.operator.findUnique({
    where: { id: row.issuedBy },
    select: { displayName: true },
  });
  return ok({
    id: row.id,
    client: row.clientId,
    reason: row.reason === 'quarterly' ? 'quarterly' : 'request',
    from: row.periodFrom.toISOString(),
    to: row.periodTo.toISOString(),
    batch: batch?.name ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
    closedAt: row.closedAt.toISOString(),
    lastJournal: row.lastJournal.toString(),
    movements: row.movements,
    closing: await closingOf(db, row.clientId, row.lastJournal),
    pending: Array.isArray(row.pending) ? row.pending.length : 0,
    contentDigest: row.contentDigest,
    pdfDigest: row.pdfDigest,
    csvDigest: row.csvDigest,
    issuedBy: row.issuedBy,
    issuedByName: person?.displayName ?? null,
    issuedAt: row.issuedAt.toISOString(),
    hasFiles: row.movements <= movementsAtOnce,
  });
}

/** From the last line of each account up to a journal: what its statement ends with. */
async function closingOf(
  db: Context['db'],
  client: string,
  lastJournal: bigint,
): Promise<PositionView['closing']> {
  const rows = await db.$queryRaw<{ asset: string; units: string }[]>`
    select a.asset, (-last.balance)::text as units
      from account a join lateral (select p.balance from posting p
        where p.account_id = a.id and p.journal_id <= ${lastJournal}
        order by p.journal_id desc, p.line desc limit 1) last on true
      where a.client_id = ${client} and a.kind = 'client'
      order by a.asset collate "C"`;
  return rows.map(({ asset, units }) => ({ asset, amount: amountText(units, asset) }));
}
