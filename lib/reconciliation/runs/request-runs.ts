import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type Starter =
  | { who: 'person'; person: string }
  /** The worker's own rhythm. */
  | { who: 'schedule' }
  /** Somebody at the machine itself. */
  | { who: 'command' };

/**
 * Asks the worker for runs. A request of the same that still waits is the same request.
 * @param wanted `all`, `due` or a place, as `wantedText` has it.
 * @returns id of the request.
 */
export async function requestRuns(
  tx: Tx,
  wanted: string,
  starter: Starter,
  now: Date,
): Promise<string> {
  const waiting = await tx.reconciliationRequest.findFirst({
    where: { wanted, state: 'waiting' },
    orderBy: { requestedAt: 'asc' },
    select: { id: true },
  });
  if (waiting) return waiting.id;
  const startedBy = starter.who === 'person' ? starter.person : starter.who;
  const request = { id: randomUUID(), wanted, startedBy, requestedAt: now };
  await tx.reconciliationRequest.create({ data: request, select: { id: true } });
  await appendAudit(tx, {
    kind: 'reconciliation-requested',
    subject: request.id,
    actor: starter.who === 'person' ? starter.person : 'system',
    at: now,
    facts: { wanted, startedBy },
  });
  await publish(tx, { topic: 'reconciliation', id: request.id });
  return request.id;
}
