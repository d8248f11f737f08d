import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

export type Starter =
  | { who: 'person'; person: string }
  /** The worker's own rhythm. */
  | { who: 'schedule' }
  /** Somebody at the machine itself. */
  | { who: 'command' };

/** Requests of people that may wait at once; the database holds to it, too. */
const waitingMax = 50;

/** The refusal of one more request of people while as many wait as may; null while fewer do. */
export async function findQueueFull(tx: Tx): Promise<Refused<'runs-too-many'> | null> {
  // The database's own name for it: two who ask at once are counted one after the other.
  await lockNamed(tx, 'reconciliation requests');
  const waiting = await tx.reconciliationRequest.count({
    where: { state: 'waiting', startedBy: { not: 'schedule' } },
  });
  return waiting < waitingMax
    ? null
    : refuse(
        'runs-too-many',
        `${waitingMax} requests for runs wait for the worker already. Look at what they come to before you ask for another.`,
      );
}

/**
 * Asks the worker for runs. A request of the same that still waits is the same request; the schedule has its
 * own, which the worker answers first.
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
    where: {
      wanted,
      state: 'waiting',
      ...(starter.who === 'schedule' ? { startedBy: 'schedule' } : {}),
    },
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
