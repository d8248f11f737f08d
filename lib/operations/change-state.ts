/** How the worker moves an operation: state, audit entry and notice in the caller's transaction. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { OperationState } from './states.ts';

export type Stop = { code: string; party: string | null; sentence: string };

/**
 * Moves an operation from one state to the next, if it is still where the caller believes.
 * @returns false when somebody else has moved it; the caller then looks again.
 */
export async function changeState(
  tx: Tx,
  change: {
    operation: string;
    from: OperationState;
    to: OperationState;
    stop?: Stop;
    /** When it goes on by itself; goes with the state `waiting`. */
    until?: Date;
  },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.operation.updateMany({
    where: { id: change.operation, state: change.from },
    data: {
      state: change.to,
      stateChangedAt: now,
      revision: { increment: 1 },
      ...(change.until ? { waitingUntil: change.until } : {}),
      stopCode: change.stop?.code ?? null,
      stopParty: change.stop?.party ?? null,
      stopSentence: change.stop?.sentence ?? null,
    },
  });
  if (count === 0) return false;
  await appendAudit(tx, {
    kind: 'operation-moved',
    subject: change.operation,
    actor: 'worker',
    at: now,
    facts: {
      from: change.from,
      to: change.to,
      stopCode: change.stop?.code ?? null,
      stopParty: change.stop?.party ?? null,
    },
  });
  await publish(tx, { topic: 'operations', id: change.operation });
  return true;
}
