import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';

/** A transaction whose signatures are all there: its bytes as they are sent, and the id that they give it. */
export type SignedBytes = { id: string; operationId: string; raw: Uint8Array; txid: string };

/**
 * Puts what the parties signed on record, whatever became of the operation meanwhile: the signature exists and may be
 * sent by whoever has it, so it is worth keeping where `then` finds the operation moved as well. What is on record as
 * signed already, or has ended, stays as it is.
 * @param then moves the operation on in the same transaction, with its row locked.
 * @returns what `then` said: false where the operation has moved.
 */
export const keepSigned = (
  db: Database,
  { id, operationId, raw, txid }: SignedBytes,
  now: Date,
  then: (tx: Tx) => Promise<boolean>,
): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    // The operation first, as whoever settles it does.
    await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operationId}::uuid FOR UPDATE`;
    await tx.chainTransaction.updateMany({
      where: { id, phase: { in: ['built', 'releasing'] } },
      data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: now },
    });
    return then(tx);
  });
