/**
 * Whether a token's contract is what our data say. A token can call itself anything, so its name and
 * symbol are never asked for and never shown; decimals come from our data, and are only compared.
 */
import { codeAt } from './accounts.ts';
import { word } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { EthereumRpcError } from './rpc-error.ts';

export type TokenFault =
  /** No contract lies at the address: another chain, or a mistyped address. */
  | 'token-has-no-code'
  /** It does not answer what every ERC-20 token of ours answers. */
  | 'token-answers-nothing'
  /** Amounts would be shown wrong by powers of ten: nothing of it may be raised or booked. */
  | 'token-decimals-differ';

export type TokenCheck = { ok: true } | { ok: false; fault: TokenFault };

/** `decimals()` (ERC-20, optional there, demanded here). */
const DECIMALS = '0x313ce567';

/**
 * @param expected digits after the point, from our data.
 * @throws EthereumRpcError when the node gives no usable answer.
 */
export async function checkToken(
  connection: RpcConnection,
  contract: string,
  expected: number,
): Promise<TokenCheck> {
  if ((await codeAt(connection, contract)).length === 0)
    return { ok: false, fault: 'token-has-no-code' };
  const decimals = await readDecimals(connection, contract);
  if (decimals === null) return { ok: false, fault: 'token-answers-nothing' };
  return decimals === BigInt(expected)
    ? { ok: true }
    : { ok: false, fault: 'token-decimals-differ' };
}

async function readDecimals(connection: RpcConnection, contract: string): Promise<bigint | null> {
  try {
    return await ask(connection, 'eth_call', [{ to: contract, data: DECIMALS }, 'latest'], word);
  } catch (error) {
    // What the contract answers is inside the node's answer: of another shape, or undone.
    const isOfContract =
      error instanceof EthereumRpcError &&
      (error.fault === 'rpc-bad-answer' || error.fault === 'rpc-refused');
    if (isOfContract) return null;
    throw error;
  }
}
