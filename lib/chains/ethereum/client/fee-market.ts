/** What gas has cost lately, for `fees.ts`. */
import type { FeeMarket } from '../fees.ts';
import { feeHistoryAnswer } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';

const BLOCKS = '0xa';
/** The middle transaction of each block by what it paid. */
const PERCENTILES = [50];

/** @throws EthereumRpcError */
export async function readFeeMarket(connection: RpcConnection): Promise<FeeMarket> {
  const { baseFeePerGas, reward } = await ask(
    connection,
    'eth_feeHistory',
    [BLOCKS, 'latest', PERCENTILES],
    feeHistoryAnswer,
  );
  return {
    baseFees: baseFeePerGas,
    // Empty blocks report nothing, and would talk the price down.
    priorityFees: (reward ?? []).flat().filter((fee) => fee > 0n),
  };
}
