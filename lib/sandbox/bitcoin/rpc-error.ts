/** Errors of the RPC interface, with Bitcoin Core's codes. */
export const rpcCode = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  internal: -32603,
  misc: -1,
  notFound: -5,
  invalidParameter: -8,
  deserialization: -22,
  /** Inputs that are missing or spent; a fee above what the caller wants to pay. */
  transactionError: -25,
  transactionRejected: -26,
  alreadyInChain: -27,
} as const;

export class RpcError extends Error {
  override name = 'RpcError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
