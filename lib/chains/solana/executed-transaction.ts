/** A transaction as the chain ran it. */
import { signature } from '@solana/kit';
import { ask, type RpcConnection } from './rpc-call.ts';
import { transactionAnswer, type TransactionAnswer } from './rpc-answers.ts';
import { SolanaRpcError } from './rpc-error.ts';

/** @returns null when the node doesn't have it at this commitment. @throws SolanaRpcError */
export async function getExecuted(
  connection: RpcConnection,
  transactionId: string,
  commitment: 'confirmed' | 'finalized',
): Promise<TransactionAnswer> {
  const found = await ask(
    connection,
    'getTransaction',
    (rpc) =>
      rpc.getTransaction(signature(transactionId), {
        commitment,
        encoding: 'json',
        maxSupportedTransactionVersion: 0,
      }),
    transactionAnswer,
  );
  if (found && found.transaction.signatures[0] !== transactionId)
    throw new SolanaRpcError(
      'rpc-bad-answer',
      'getTransaction',
      'another transaction than the one asked for',
    );
  return found;
}
