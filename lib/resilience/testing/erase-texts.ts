import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';

/** Erases the texts of a record, of one version or of all, with the entry that the database asks for. */
export async function eraseTexts(
  { personId: actor }: Pick<Actor, 'personId'>,
  where: { recordId: string; version?: number },
  { db, clock }: Context,
): Promise<void> {
  const at = clock();
  await inTransaction(db, async (tx) => {
    const { number } = await tx.resilienceRecord.findUniqueOrThrow({
      where: { id: where.recordId },
      select: { number: true },
    });
    await tx.resilienceText.updateMany({
      where,
      data: { sealed: null, erasedAt: at },
    });
    await appendAudit(tx, {
      kind: 'resilience-text-erased',
      subject: number,
      actor,
      at,
      facts: {},
    });
  });
}
