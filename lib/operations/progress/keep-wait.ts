/** Writes down why an operation waits, once for each change of it. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { nextWait, operationWait, type WaitReason } from './wait.ts';

/** @param reason null where it waits for nothing that a report would say. */
export async function keepWait(
  operation: string,
  reason: WaitReason | null,
  { db, clock }: Pick<WorkerContext, 'db' | 'clock'>,
): Promise<void> {
  const row = await db.operation.findUnique({
    where: { id: operation },
    select: { state: true, attempt: true, progress: true },
  });
  if (!row) return;
  const before = operationWait.safeParse(row.progress?.wait).data ?? null;
  const { state, attempt } = row;
  const at = clock();
  const isThere = before !== null && before.state === state && before.attempt === attempt;
  const wait = reason && nextWait(isThere ? before : null, { state, attempt, reason, at });
  if (JSON.stringify(wait) === JSON.stringify(before)) return;
  const stored = wait === null ? Prisma.DbNull : asJson(wait);
  await inTransaction(db, async (tx) => {
    await tx.operationProgress.upsert({
      where: { operationId: operation },
      create: { operationId: operation, wait: stored, at },
      update: { wait: stored, at },
    });
    await publish(tx, { topic: 'operations', id: operation });
  });
}
