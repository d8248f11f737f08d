import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { adapterFor } from './chains/adapters.ts';
import type { SignedParts, TransactionRow } from './chains/chain-adapter.ts';
import { isStill } from './is-still.ts';

type Of = Pick<SignedParts, 'intent' | 'vault'>;

/**
 * The id that a transaction will have, where its chain leaves that to the unsigned bytes; null where signatures are
 * part of it.
 * @throws DecodeError where the bytes are no transaction of the account.
 */
export const idBeforeSigned = (
  { chain, message }: Pick<TransactionRow, 'chain' | 'message'>,
  of: Of,
): string | null => adapterFor(chain).idBeforeSigned?.(message, of) ?? null;

/** The operation was held or ended since this worker looked, and what it was tied to may be given back. */
export class MovedOn extends Error {}

/**
 * Puts on record that a share may be out, before any party is asked for one: whoever has two shares can send what
 * they sign. So its id is on record with it, where it can be, and whoever sees it on the chain knows it for ours,
 * whatever becomes of the operation.
 * @throws MovedOn where nothing of it is signed any more; nobody is asked for a share then.
 */
export const noteReleasing = (
  db: Database,
  transaction: Pick<TransactionRow, 'id' | 'chain' | 'message' | 'operationId'>,
  of: Of,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { id, operationId } = transaction;
    if (!(await isStill(tx, operationId, 'signing', 'broadcast')))
      throw new MovedOn(`Nothing of operation ${operationId} is signed any more.`);
    const txid = idBeforeSigned(transaction, of);
    await tx.chainTransaction.update({
      where: { id },
      data: { phase: 'releasing', ...(txid === null ? {} : { txid }) },
    });
  });
