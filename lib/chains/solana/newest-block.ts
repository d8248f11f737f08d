import { latestBlockhashAnswer } from './rpc-answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';

/**
 * The newest block that is final, by slot and hash. Nobody knew the hash before it was made.
 * @throws SolanaRpcError
 */
export async function newestFinalBlock(
  connection: RpcConnection,
): Promise<{ slot: bigint; hash: string }> {
  const { context, value } = await ask(
    connection,
    'getLatestBlockhash',
    (rpc) => rpc.getLatestBlockhash({ commitment: 'finalized' }),
    latestBlockhashAnswer,
  );
  return { slot: context.slot, hash: value.blockhash };
}
