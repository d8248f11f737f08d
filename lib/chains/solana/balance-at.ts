/** What an address holds, with the slot that says so. */
import { address } from '@solana/kit';
import { balanceAnswer, type Commitment } from './rpc-answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';

/** @throws SolanaRpcError */
export async function getBalanceAt(
  connection: RpcConnection,
  account: string,
  commitment: Commitment,
): Promise<{ lamports: bigint; slot: bigint }> {
  const { value, context } = await ask(
    connection,
    'getBalance',
    (rpc) => rpc.getBalance(address(account), { commitment }),
    balanceAnswer,
  );
  return { lamports: value, slot: context.slot };
}
