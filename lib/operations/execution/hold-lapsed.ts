import { inTransaction } from '#lib/platform/db/transaction.ts';
import { changeState, type Stop } from '../change-state.ts';
import { lapsedCode, lapsedWhy } from '../expire-operations.ts';
import type { OperationRow } from '../load-standing.ts';
import { livePhases } from '../transaction-phases.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * signing → held for what was built and has waited until its statements count no more, though no share of it is out:
 * people can end it from there, and it ends by itself with the next look at what is over. Until then its money and what
 * it is tied to would stay set aside for as long as it has to wait.
 * @returns false while they still count, or where a share may be out.
 */
export async function holdLapsed(
  row: OperationRow,
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<boolean> {
  const now = clock();
  if (now < row.expiresAt) return false;
  return inTransaction(db, async (tx) => {
    // The lock keeps out whoever would ask for a share now.
    await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${row.id}::uuid FOR UPDATE`;
    const where = { operationId: row.id, phase: { in: [...livePhases] } };
    if ((await tx.chainTransaction.count({ where })) > 0) return false;
    const change = { operation: row.id, from: 'signing', to: 'held', stop: lapsed } as const;
    return changeState(tx, change, now);
  });
}

const lapsed: Stop = {
  code: lapsedCode,
  party: null,
  sentence: `${lapsedWhy} Nothing of it was signed. It ends by itself, or cancel it; raise a new one if it is still wanted.`,
};
