/**
 * Whether a token's contract is what our data say. A token can call itself anything, so what it says of itself is only
 * compared, byte for byte, and never leaves this file: names that people read come from our data.
 */
import { hexToBytes } from '@noble/hashes/utils.js';
import { codeAt } from './accounts.ts';
import { bytesText, word } from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { EthereumRpcError } from './rpc-error.ts';

export type TokenFault =
  /** No contract lies at the address: another chain, or a mistyped address. */
  | 'token-has-no-code'
  /** It does not answer what every ERC-20 token of ours answers. */
  | 'token-answers-nothing'
  /** Amounts would be shown wrong by powers of ten: nothing of it may be raised or booked. */
  | 'token-decimals-differ'
  /** Another contract than the one meant, or one that its issuer has made something else of. */
  | 'token-name-differs'
  | 'token-symbol-differs';

export type TokenCheck = { ok: true } | { ok: false; fault: TokenFault };

/** What our data say of a token's contract. */
export type ExpectedToken = {
  /** Digits after the point. */
  decimals: number;
  symbol: string;
  /** Each that the issuer uses for it. */
  names: readonly string[];
};

/** Of ERC-20, where all three are optional; demanded here. */
const DECIMALS = '0x313ce567';
const NAME = '0x06fdde03';
const SYMBOL = '0x95d89b41';
/** Bytes of a text that are read; a longer one is none that our data name. */
const TEXT_MAX = 96;

/** @throws EthereumRpcError when the node gives no usable answer. */
export async function checkToken(
  connection: RpcConnection,
  contract: string,
  { decimals, symbol, names }: ExpectedToken,
): Promise<TokenCheck> {
  if ((await codeAt(connection, contract)).length === 0)
    return { ok: false, fault: 'token-has-no-code' };
  const call = (data: string) => [{ to: contract, data }, 'latest'];
  const said = await ofContract(() => ask(connection, 'eth_call', call(DECIMALS), word));
  if (said === null) return { ok: false, fault: 'token-answers-nothing' };
  if (said !== BigInt(decimals)) return { ok: false, fault: 'token-decimals-differ' };
  const text = (data: string) =>
    ofContract(async () => textOf(await ask(connection, 'eth_call', call(data), bytesText)));
  const ownSymbol = await text(SYMBOL);
  if (ownSymbol !== symbol) return { ok: false, fault: 'token-symbol-differs' };
  const ownName = await text(NAME);
  return ownName !== null && names.includes(ownName)
    ? { ok: true }
    : { ok: false, fault: 'token-name-differs' };
}

/** What the contract answers is inside the node's answer: of another shape, or undone. */
async function ofContract<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (error) {
    const isOfContract =
      error instanceof EthereumRpcError &&
      (error.fault === 'rpc-bad-answer' || error.fault === 'rpc-refused');
    if (isOfContract) return null;
    throw error;
  }
}

/** @returns null for anything but one ABI string (offset, length, bytes, zeros) of UTF-8 that is short enough. */
function textOf(answer: string): string | null {
  const bytes = hexToBytes(answer.slice(2));
  if (bytes.length < 64 || bytes.length > 64 + TEXT_MAX) return null;
  const numberAt = (place: number): bigint =>
    BigInt(`0x${Buffer.from(bytes.subarray(place, place + 32)).toString('hex')}`);
  const length = numberAt(32);
  if (numberAt(0) !== 32n || length > BigInt(bytes.length - 64)) return null;
  const end = 64 + Number(length);
  if (bytes.subarray(end).some((byte) => byte !== 0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(64, end),
    );
  } catch {
    return null;
  }
}
