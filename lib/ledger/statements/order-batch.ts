/** Orders the statements of one period for all clients, once. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { countClientsAt } from './clients-at.ts';
import { quarterPeriod } from './quarter.ts';
import { scopeOf, scopeOfDays, type DaysRefusal, type StatementScope } from './scope.ts';

export type Ordered = {
  batch: string;
  /** False when it had been ordered before. */
  isNew: boolean;
};
/** Who orders, and when. @property by a person's id, or `worker` or `system`. */
export type Order = { by: string; at: Date };

/** Topic of notices about statements. */
export const statementsTopic = 'statements';

/** @param order with the quarter, such as 2026-Q3. */
export async function orderQuarter(
  db: Database,
  { quarter, by, at }: Order & { quarter: string },
): Promise<Result<Ordered, 'no-quarter' | DaysRefusal>> {
  const period = quarterPeriod(quarter);
  if (!period)
    return refuse('no-quarter', 'Write the quarter as a year and a number, such as 2026-Q3.');
  const known = await db.statementBatch.findUnique({
    where: { name: quarter },
    select: { id: true },
  });
  if (known) return ok({ batch: known.id, isNew: false });
  const first = period.to.toISOString().slice(0, 10);
  if (period.to > at)
    return refuse(
      'not-closed-yet',
      `${quarter} is not over yet. Its statements can be made from ${first} on.`,
    );
  const scope = await scopeOf(db, period);
  if (!scope.ok) return scope;
  if (!scope.value)
    return refuse(
      'before-the-books',
      `The books began after ${quarter}, so there is nothing to state for it.`,
    );
  return recordBatch(db, quarter, scope.value, { by, at });
}

/** @param order with the days in UTC, as `scopeOfDays` takes them. */
export async function orderDays(
  db: Database,
  { from, through, by, at }: Order & { from: string; through: string },
): Promise<Result<Ordered, DaysRefusal>> {
  const scope = await scopeOfDays(db, { from, through });
  if (!scope.ok) return scope;
  const to = scope.value.to.toISOString();
  // A day that is over is named by its date; up to now, by the second it was closed at.
  const name = `${from} to ${to.endsWith('T00:00:00.000Z') ? through : to.slice(0, 19)}`;
  return recordBatch(db, name, scope.value, { by, at });
}

async function recordBatch(
  db: Database,
  name: string,
  { from, to, opened, close }: StatementScope,
  { by, at }: Order,
): Promise<Result<Ordered, never>> {
  const row = {
    id: randomUUID(),
    name,
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
        where: { name },
        select: { id: true },
      });
      return ok({ batch: id, isNew: false });
    }
    await appendAudit(tx, {
      kind: 'position-statements-ordered',
      subject: row.id,
      actor: by,
      at,
      facts: { name, lastJournal: close.lastJournal.toString(), clients: row.clients },
    });
    await publish(tx, { topic: statementsTopic, id: row.id });
    return ok({ batch: row.id, isNew: true });
  });
}
