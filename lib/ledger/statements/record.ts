/** Issued statements on record. */
import { randomUUID } from 'node:crypto';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { PendingHold, StatementContent } from './content.ts';
import type { Digests } from './render.ts';
import type { StatementScope } from './scope.ts';

export type Issue = {
  content: StatementContent;
  digests: Digests;
  scope: StatementScope;
  /** Null when somebody asked for this one only. */
  batch: string | null;
  reason: 'quarterly' | 'request';
  /** A person, or `worker` or `system`. */
  by: string;
  at: Date;
};

export const movementCount = ({ assets }: StatementContent): number =>
  assets.reduce((sum, { movements }) => sum + movements.length, 0);

export const issuedRow = ({
  content,
  digests,
  scope,
  batch,
  reason,
  by,
  at,
}: Issue): Prisma.PositionStatementCreateManyInput => ({
  id: randomUUID(),
  clientId: content.client.id,
  batchId: batch,
  reason,
  periodFrom: scope.from,
  periodTo: scope.to,
  openedAt: scope.opened?.closedAt ?? null,
  openedJournal: scope.opened?.lastJournal ?? null,
  closedAt: scope.close.closedAt,
  lastJournal: scope.close.lastJournal,
  movements: movementCount(content),
  pending: content.pending,
  ...digests,
  issuedBy: by,
  issuedAt: at,
});

type ScopeRow = {
  periodFrom: Date;
  periodTo: Date;
  openedAt: Date | null;
  openedJournal: bigint | null;
  closedAt: Date;
  lastJournal: bigint;
};

/** The scope of a statement or batch on record. */
export const scopeOnRecord = (row: ScopeRow): StatementScope => ({
  from: row.periodFrom,
  to: row.periodTo,
  opened:
    row.openedAt && row.openedJournal !== null
      ? { closedAt: row.openedAt, lastJournal: row.openedJournal }
      : null,
  close: { closedAt: row.closedAt, lastJournal: row.lastJournal },
});

/** What a statement on record says was set aside; the console wrote it, so its form is known. */
export const pendingOnRecord = (row: { pending: Prisma.JsonValue }): PendingHold[] =>
  row.pending as unknown as PendingHold[];
