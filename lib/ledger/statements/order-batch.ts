/** Orders the statements of a quarter for all clients, once. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { countClientsAt } from './clients-at.ts';
import { quarterPeriod } from './quarter.ts';
import { scopeOf } from './scope.ts';

export type OrderRefusal = 'no-quarter' | 'not-closed-yet' | 'before-the-books';
export type Ordered = {
  batch: string;
  /** False when it had been ordered before. */
  isNew: boolean;
};

/** Topic of notices about statements. */
export const statementsTopic = 'statements';

/** @param by a person's id, or `worker` or `system`. */
export async function orderBatch(
  db: Database,
  { quarter, by, at }: { quarter: string; by: string; at: Date },
): Promise<Result<Ordered, OrderRefusal>> {
  const period = quarterPeriod(quarter);
  if (!period)
    return refuse('no-quarter', 'Write the quarter as a year and a number, such as 2026-Q3.');
  const known = await db.statementBatch.findUnique({ where: { quarter }, select: { id: true } });
  if (known) return ok({ batch: known.id, isNew: false });
  if (period.to > at)
    return refuse(
      'not-closed-yet',
      `${quarter} is not over yet. Its statements can be made from ${period.to.toISOString().slice(0, 10)} on.`,
    );
  const scope = await scopeOf(db, period);
  if (!scope.ok) return scope;
  if (!scope.value)
    return refuse(
      'before-the-books',
      `The books began after ${quarter}, so there is nothing to state for it.`,
    );
  const { from, to, opened, close } = scope.value;
  const row = {
    id: randomUUID(),
    quarter,
    periodFrom: from,
    periodTo: to,
    openedAt: opened?.closedAt ?? null,
    openedJournal: opened?.lastJournal ?? null,
    closedAt: close.closedAt,
    lastJournal: close.lastJournal,
    clients: await countClientsAt(db, close),
    orderedBy: by,
    orderedAt: at,
  };
  return inTransaction(db, async (tx) => {
    const { count } = await tx.statementBatch.createMany({ data: [row], skipDuplicates: true });
    if (count === 0) {
      const { id } = await tx.statementBatch.findUniqueOrThrow({
        where: { quarter },
        select: { id: true },
      });
      return ok({ batch: id, isNew: false });
    }
    await appendAudit(tx, {
      kind: 'position-statements-ordered',
      subject: row.id,
      actor: by,
      at,
      facts: { quarter, lastJournal: close.lastJournal.toString(), clients: row.clients },
    });
    await publish(tx, { topic: statementsTopic, id: row.id });
    return ok({ batch: row.id, isNew: true });
  });
}
