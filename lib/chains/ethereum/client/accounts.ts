/** What an account holds and how far its nonce is. */
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { bytesToHex } from 'viem/utils';
import { addressBytes } from '../address.ts';
import {
  bytesText,
  quantity,
  toBlockParameter,
  toQuantity,
  word,
  type BlockPlace,
} from './answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { EthereumRpcError } from './rpc-error.ts';

/** A block by its hash, and only while it is part of the chain (EIP-1898). */
export type BlockAt = { hash: string };

const at = (place: BlockPlace | BlockAt): unknown =>
  typeof place === 'object'
    ? { blockHash: place.hash, requireCanonical: true }
    : toBlockParameter(place);

/** Wei. @throws EthereumRpcError */
export const balanceAt = (
  connection: RpcConnection,
  account: string,
  place: BlockPlace | BlockAt,
): Promise<bigint> => ask(connection, 'eth_getBalance', [account, at(place)], quantity);

/**
 * How many transactions the account has sent, that is the next one's nonce; with `pending` those that
 * wait at this node are counted, as far as they follow without a gap.
 */
export const nonceAt = (
  connection: RpcConnection,
  account: string,
  place: BlockPlace,
): Promise<bigint> =>
  ask(connection, 'eth_getTransactionCount', [account, toBlockParameter(place)], quantity);

/** Code of a contract, or of what an account is handed to (EIP-7702); empty for a plain account. */
export const codeAt = async (
  connection: RpcConnection,
  account: string,
  place: BlockPlace = 'latest',
): Promise<Uint8Array> => {
  const code = await ask(connection, 'eth_getCode', [account, toBlockParameter(place)], bytesText);
  return hexToBytes(code.slice(2));
};

const BALANCE_OF = hexToBytes('70a08231');

/** In the token's smallest unit. @throws EthereumRpcError; also where the contract is no token. */
export const tokenBalanceAt = (
  connection: RpcConnection,
  token: string,
  account: string,
  place: BlockPlace | BlockAt,
): Promise<bigint> => {
  const data = bytesToHex(concatBytes(BALANCE_OF, new Uint8Array(12), addressBytes(account)));
  return ask(connection, 'eth_call', [{ to: token, data }, at(place)], word);
};

export type GasEstimate =
  | { ok: true; gas: bigint }
  /** The call would be undone, such as a transfer of a token that is frozen for one of the two. */
  | { ok: false; refusal: 'would-revert' };

/** What `eth_estimateGas` gives for code that undoes its work. */
const REVERTED = 3;

/** @param transfer.value wei. @throws EthereumRpcError */
export async function estimateGas(
  connection: RpcConnection,
  transfer: { from: string; to: string; value: bigint; data: Uint8Array },
): Promise<GasEstimate> {
  const { from, to, value, data } = transfer;
  const call = { from, to, value: toQuantity(value), data: bytesToHex(data) };
  try {
    return { ok: true, gas: await ask(connection, 'eth_estimateGas', [call], quantity) };
  } catch (error) {
    const hasReverted =
      error instanceof EthereumRpcError &&
      error.fault === 'rpc-refused' &&
      (error.rpcCode === REVERTED || /revert/i.test(error.message));
    if (hasReverted) return { ok: false, refusal: 'would-revert' };
    throw error;
  }
}
