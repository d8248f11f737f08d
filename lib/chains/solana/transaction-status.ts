/** Whether and how surely a transaction has run. */
import { signature } from '@solana/kit';
import { ask, type RpcConnection } from './rpc-call.ts';
import { statusesAnswer, type Commitment } from './rpc-answers.ts';
import { describeTransactionError } from './transaction-error.ts';

export type TransactionStatus =
  /** This node doesn't know it. That alone proves nothing: see `findFate`. */
  | { status: 'not-found' }
  /** `error` null: its effects happened. Otherwise only the fee was paid and the nonce used. */
  | { status: Commitment; slot: bigint; error: string | null };

/** @throws SolanaRpcError */
export async function getStatus(
  connection: RpcConnection,
  transactionId: string,
): Promise<TransactionStatus> {
  const { value } = await ask(
    connection,
    'getSignatureStatuses',
    (rpc) =>
      rpc.getSignatureStatuses([signature(transactionId)], { searchTransactionHistory: true }),
    statusesAnswer,
  );
  const found = value[0];
  if (!found) return { status: 'not-found' };
  return {
    // Nodes leave it out for what they read from their archive, which holds finalized ones only.
    status: found.confirmationStatus ?? 'finalized',
    slot: found.slot,
    error: found.err === null ? null : describeTransactionError(found.err),
  };
}
