/** Why a question to a Solana node got no usable answer. */
export type RpcFault =
  /** No whole answer within the time-out. */
  | 'rpc-timeout'
  /** No connection, or it broke. */
  | 'rpc-unreachable'
  | 'rpc-rate-limited'
  /** An HTTP status that a node gives for no good question. */
  | 'rpc-http-error'
  | 'rpc-answer-too-large'
  /** Not JSON-RPC, or of another shape than the method promises. */
  | 'rpc-bad-answer'
  /** The node said no; see `rpcCode`. */
  | 'rpc-refused'
  /** The node is behind its cluster. */
  | 'rpc-node-unhealthy'
  /** The node belongs to another chain than the one that is meant. */
  | 'rpc-other-chain';

export class SolanaRpcError extends Error {
  override name = 'SolanaRpcError';
  readonly fault: RpcFault;
  readonly method: string;
  /** JSON-RPC error code of a refusal. */
  readonly rpcCode: number | null;
  /** `error.data` of a refusal, as it came: check before use. */
  readonly data: unknown;

  constructor(
    fault: RpcFault,
    method: string,
    sentence: string,
    refusal: { code: number; data: unknown } | null = null,
  ) {
    super(`${method}: ${sentence}`);
    this.fault = fault;
    this.method = method;
    this.rpcCode = refusal?.code ?? null;
    this.data = refusal?.data;
  }
}
