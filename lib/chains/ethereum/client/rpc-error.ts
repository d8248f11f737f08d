/** Why a question to an Ethereum node got no usable answer. */
export type RpcFault =
  /** No whole answer within the time-out. */
  | 'rpc-timeout'
  /** No connection, or it broke. */
  | 'rpc-unreachable'
  | 'rpc-rate-limited'
  /** An HTTP status that a node gives for no good question. */
  | 'rpc-http-error'
  | 'rpc-answer-too-large'
  /** Not JSON-RPC, of another shape than the method promises, or at odds with what it said before. */
  | 'rpc-bad-answer'
  /** The node said no; see `rpcCode`. */
  | 'rpc-refused'
  /** The node belongs to another chain than the one that is meant. */
  | 'rpc-other-chain';

export class EthereumRpcError extends Error {
  override name = 'EthereumRpcError';
  readonly fault: RpcFault;
  readonly method: string;
  /** JSON-RPC error code of a refusal. */
  readonly rpcCode: number | null;

  constructor(fault: RpcFault, method: string, sentence: string, rpcCode: number | null = null) {
    super(`${method}: ${sentence}`);
    this.fault = fault;
    this.method = method;
    this.rpcCode = rpcCode;
  }
}

/** A node that contradicts itself, or answers something else than was asked. */
export const badAnswer = (method: string, sentence: string): EthereumRpcError =>
  new EthereumRpcError('rpc-bad-answer', method, sentence);
