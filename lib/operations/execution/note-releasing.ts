import type { Database } from '#lib/platform/db/client.ts';
import { adapterFor } from './chains/adapters.ts';
import type { SignedParts, TransactionRow } from './chains/chain-adapter.ts';

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

/**
 * Puts on record that a share may be out, before any party is asked for one: whoever has two shares can send what
 * they sign. So its id is on record with it, where it can be, and whoever sees it on the chain knows it for ours,
 * whatever becomes of the operation.
 */
export async function noteReleasing(
  db: Database,
  transaction: Pick<TransactionRow, 'id' | 'chain' | 'message'>,
  of: Of,
): Promise<void> {
  const txid = idBeforeSigned(transaction, of);
  await db.chainTransaction.update({
    where: { id: transaction.id },
    data: { phase: 'releasing', ...(txid === null ? {} : { txid }) },
  });
}
