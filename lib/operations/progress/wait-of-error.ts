/** Which wait a failed step amounts to. Pure. */
import { BitcoinNodeError } from '#lib/chains/bitcoin/client/node-error.ts';
import { EndpointsDiffer } from '#lib/chains/endpoints-differ.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { SolanaRpcError } from '#lib/chains/solana/rpc-error.ts';
import type { WaitReason } from './wait.ts';

/** A node that says no, or nonsense, is as good as away for whoever waits; the log tells them apart. */
export function waitOfError(error: unknown): WaitReason {
  if (error instanceof EndpointsDiffer) return { code: 'nodes-differ' };
  if (error instanceof BitcoinNodeError)
    return { code: error.fault === 'node-behind' ? 'node-behind' : 'node-away' };
  if (error instanceof SolanaRpcError)
    return { code: error.fault === 'rpc-node-unhealthy' ? 'node-behind' : 'node-away' };
  if (error instanceof EthereumRpcError) return { code: 'node-away' };
  return { code: 'worker-failed' };
}
