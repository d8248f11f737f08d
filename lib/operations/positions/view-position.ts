/** One issued statement as its page shows it: what it covers, what it was drawn up from, its digests. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientAt } from '#lib/ledger/position-at.ts';
import { operatorName } from '#lib/persons/operator-names.ts';
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
  const issuer = await operatorName(db, row.issuedBy);
  const closing = await clientAt(db, { client: row.clientId, lastJournal: row.lastJournal });
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
    closing: closing.map(({ asset, amount }) => ({ asset, amount: amountText(amount, asset) })),
    pending: Array.isArray(row.pending) ? row.pending.length : 0,
    contentDigest: row.contentDigest,
    pdfDigest: row.pdfDigest,
    csvDigest: row.csvDigest,
    issuedBy: row.issuedBy,
    issuedByName: issuer === row.issuedBy ? null : issuer,
    issuedAt: row.issuedAt.toISOString(),
    hasFiles: row.movements <= movementsAtOnce,
  });
}
