/**
 * Builds the two kinds of transaction that an account signs: ether, or tokens by the contract's
 * `transfer` (ERC-20), each of type 2 (EIP-1559) and tied to the account's nonce.
 *
 * Every field has one spelling, so a transfer has exactly one sequence of bytes, and the parties'
 * decoder (written separately) refuses any other.
 */
import { bytesToHex, encodeFunctionData, hexToBytes, serializeTransaction } from 'viem/utils';
import type { Hex } from 'viem';
import { isEthereumAddress } from './address.ts';
import { EthereumBuildError } from './build-error.ts';
import { chainIdOf } from './chain.ts';
import {
  AMOUNT_MAX,
  ETHER_GAS_MAX,
  FEE_PER_GAS_MAX,
  GAS_MIN,
  NONCE_MAX,
  TOKEN_GAS_MAX,
} from './limits.ts';

const transferAbi = [
  {
    type: 'function',
    name: 'transfer',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'to', type: 'address' },
      { name: 'amount', type: 'uint256' },
    ],
    outputs: [{ type: 'bool' }],
  },
] as const;

export type TransferInput = {
  /** CAIP-2. */
  chain: string;
  /** How many transactions the account has sent before this one. */
  nonce: bigint;
  to: string;
  /** In the asset's smallest unit: wei, or the token's. */
  amount: bigint;
  /** The token's contract; null for ether. */
  token: string | null;
  gasLimit: bigint;
  /** Wei for a unit of gas, at most, with the priority fee inside it. */
  maxFeePerGas: bigint;
  /** Wei for a unit of gas that whoever makes the block gets, at most. */
  maxPriorityFeePerGas: bigint;
};

/**
 * The unsigned bytes, `0x02` and nine fields in RLP, whose Keccak-256 is signed (EIP-1559).
 * @throws EthereumBuildError on input that must have been refused earlier.
 */
export function buildTransfer(input: TransferInput): Uint8Array {
  const { to, amount, token, maxFeePerGas, maxPriorityFeePerGas } = input;
  const chainId = checkInput(input);
  const plan =
    token === null
      ? { to: to as Hex, value: amount }
      : { to: token as Hex, data: bytesToHex(transferCall(to, amount)) };
  return hexToBytes(
    serializeTransaction({
      type: 'eip1559',
      chainId: Number(chainId),
      nonce: Number(input.nonce),
      gas: input.gasLimit,
      maxFeePerGas,
      maxPriorityFeePerGas,
      ...plan,
    }),
  );
}

/** The call by which a token's contract moves an amount to an address: 68 bytes. */
export const transferCall = (to: string, amount: bigint): Uint8Array =>
  hexToBytes(encodeFunctionData({ abi: transferAbi, args: [to as Hex, amount] }));

/** @returns the chain's id. */
function checkInput(input: TransferInput): bigint {
  const fail = (fault: EthereumBuildError['fault'], sentence: string): never => {
    throw new EthereumBuildError(fault, sentence);
  };
  const chainId = chainIdOf(input.chain);
  if (chainId === null) return fail('not-an-ethereum-chain', `${input.chain} is no Ethereum chain`);
  const { to, token, amount, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = input;
  if (!isEthereumAddress(to) || (token !== null && !isEthereumAddress(token)))
    fail('not-an-address', 'A recipient or token contract is no address with its checksum');
  if (to === token) fail('recipient-is-token', 'Tokens sent to their own contract are lost');
  if (!within(amount, 1n, AMOUNT_MAX)) fail('amount-out-of-range', 'The amount is out of range');
  if (!within(nonce, 0n, NONCE_MAX)) fail('nonce-out-of-range', 'The nonce is out of range');
  if (!within(gasLimit, GAS_MIN, token === null ? ETHER_GAS_MAX : TOKEN_GAS_MAX))
    fail('gas-out-of-range', `A gas limit of ${gasLimit} is out of range`);
  if (!within(maxFeePerGas, 1n, FEE_PER_GAS_MAX) || !within(maxPriorityFeePerGas, 0n, maxFeePerGas))
    fail('fee-out-of-range', 'The fee per gas is out of range, or the priority fee above it');
  return chainId;
}

const within = (value: bigint, least: bigint, most: bigint): boolean =>
  value >= least && value <= most;
