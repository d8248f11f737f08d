import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { statementsTopic } from './order-batch.ts';
import type { LeftOut } from './run-batch.ts';

/** Clients that are named at most; more than so many are counted in the log. */
const leftOutMax = 1000;

/**
 * Says that a batch is done, once, with one audit entry over all of its statements.
 * @param leftOut clients that got none.
 */
export async function endBatch(
  db: Database,
  { batch, leftOut, at }: { batch: string; leftOut: readonly LeftOut[]; at: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [sum] = await tx.$queryRaw<{ issued: number; digest: string }[]>`
      select count(*)::int as issued, encode(sha256(convert_to(
          coalesce(string_agg(content_digest, E'\n' order by client_id collate "C"), ''), 'UTF8')), 'hex') as digest
        from position_statement where batch_id = ${batch}::uuid`;
    if (!sum) throw new Error('The database gave no answer.');
    const { count } = await tx.statementBatchEnd.createMany({
      data: [
        {
          batchId: batch,
          issued: sum.issued,
          leftOut: leftOut.slice(0, leftOutMax),
          digest: sum.digest,
          endedAt: at,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return;
    await appendAudit(tx, {
      kind: 'position-statements-issued',
      subject: batch,
      actor: 'worker',
      at,
      facts: { issued: sum.issued, leftOut: leftOut.length, digest: sum.digest },
    });
    await publish(tx, { topic: statementsTopic, id: batch });
  });
}
