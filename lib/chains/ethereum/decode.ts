/**
 * What a party and a person see of an Ethereum transaction. Strict: it must be the one spelling of
 * "this account sends this much ether or tokens to that address", nothing else. No policy can list
 * any other call yet.
 */
import { bytesToHex, hexToBytes, keccak256 } from 'viem/utils';
import type { Hex } from 'viem';
import { DecodeError, type Decoded } from '../decoded.ts';
import { addressOf, addressOfBytes, ZERO_ADDRESS } from './address.ts';
import { chainIdOf, ETHER } from './chain.ts';
import { conflictKeyOf } from './conflict-key.ts';
import type { EthereumContext } from './context.ts';
import { callDetail, knownCalls } from './known-calls.ts';
import { ETHER_GAS_MAX, FEE_PER_GAS_MAX, GAS_MIN, NONCE_MAX, TOKEN_GAS_MAX } from './limits.ts';
import { readUnsigned, type UnsignedFields } from './unsigned-reader.ts';

const TRANSFER = 'transfer(address,uint256)';
const TRANSFER_SELECTOR = '0xa9059cbb';
const SELECTOR_BYTES = 4;
const WORD_BYTES = 32;
/** An address fills the lower 20 of 32 bytes. */
const ADDRESS_AT = SELECTOR_BYTES + 12;
const AMOUNT_AT = SELECTOR_BYTES + WORD_BYTES;
const CALL_BYTES = SELECTOR_BYTES + 2 * WORD_BYTES;

/**
 * @param unsigned the bytes whose Keccak-256 a party is asked to sign.
 * @throws DecodeError on everything else than a transfer of the context's account and assets.
 */
export function decode(unsigned: Uint8Array, context: EthereumContext): Decoded {
  const { chain, account } = context;
  const fields = readUnsigned(unsigned);
  if (fields.chainId !== chainIdOf(chain)) throw notATransfer('other-chain');
  if (fields.target === null) throw notATransfer('contract-creation');
  const from = addressOf(hexToBytes(`0x${account.publicKey}`));
  const target = addressOfBytes(fields.target);
  const moved = readMovement(fields, target, context);
  checkRecipient(moved.to, from, context);
  checkCosts(fields, moved.call === null ? ETHER_GAS_MAX : TOKEN_GAS_MAX);
  const { nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, value } = fields;
  return {
    chain,
    asset: moved.asset,
    from,
    to: moved.to,
    amount: String(moved.amount),
    feePayer: from,
    fee: String(gasLimit * maxFeePerGas),
    memo: null,
    conflictKey: conflictKeyOf(chain, from, nonce),
    details: {
      family: 'ethereum',
      nonce: String(nonce),
      gasLimit: String(gasLimit),
      maxFeePerGas: String(maxFeePerGas),
      maxPriorityFeePerGas: String(maxPriorityFeePerGas),
      target,
      value: String(value),
      call: moved.call,
    },
    parts: [{ bytes: keccak256(unsigned).slice(2), path: [...account.path], tweak: 'none' }],
  };
}

type Movement = {
  asset: string;
  to: string;
  amount: bigint;
  call: Extract<Decoded['details'], { family: 'ethereum' }>['call'];
};

function readMovement(
  { value, data }: UnsignedFields,
  target: string,
  context: EthereumContext,
): Movement {
  if (data.length === 0) return { asset: ETHER, to: target, amount: positive(value), call: null };
  checkSelector(data);
  const token = context.tokens.find(({ contract }) => contract === target);
  if (!token) throw notATransfer('call-to-non-token');
  if (value !== 0n) throw notATransfer('ether-with-token-call');
  if (data.length !== CALL_BYTES) throw notATransfer('call-data-length');
  if (data.subarray(SELECTOR_BYTES, ADDRESS_AT).some((byte) => byte !== 0))
    throw notATransfer('call-dirty-address');
  const to = addressOfBytes(data.subarray(ADDRESS_AT, AMOUNT_AT));
  const amount = positive(BigInt(hexOf(data.subarray(AMOUNT_AT))));
  const call = {
    signature: TRANSFER,
    arguments: [
      { name: 'to', type: 'address', value: to },
      { name: 'amount', type: 'uint256', value: String(amount) },
    ],
  };
  return { asset: token.asset, to, amount, call };
}

function checkSelector(data: Uint8Array): void {
  if (data.length < SELECTOR_BYTES) throw notATransfer('call-too-short');
  const selector = hexOf(data.subarray(0, SELECTOR_BYTES));
  const known = knownCalls.get(selector);
  if (known) throw notATransfer(callDetail(known.kind));
  if (selector !== TRANSFER_SELECTOR) throw notATransfer('call-unknown');
}

function checkRecipient(to: string, from: string, { tokens }: EthereumContext): void {
  if (to === ZERO_ADDRESS) throw notATransfer('recipient-zero');
  if (to === from) throw notATransfer('recipient-is-sender');
  // Contracts of tokens give nothing back of what is sent to them.
  if (tokens.some(({ contract }) => contract === to)) throw notATransfer('recipient-is-token');
}

function checkCosts(fields: UnsignedFields, gasMax: bigint): void {
  const { nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = fields;
  if (nonce > NONCE_MAX) throw notATransfer('nonce-out-of-range');
  if (gasLimit < GAS_MIN) throw notATransfer('gas-too-low');
  if (gasLimit > gasMax) throw notATransfer('gas-too-high');
  if (maxFeePerGas === 0n || maxFeePerGas > FEE_PER_GAS_MAX) throw notATransfer('fee-out-of-range');
  if (maxPriorityFeePerGas > maxFeePerGas) throw notATransfer('priority-above-fee');
}

function positive(amount: bigint): bigint {
  if (amount === 0n) throw notATransfer('amount-zero');
  return amount;
}

const hexOf = (bytes: Uint8Array): Hex => bytesToHex(bytes);

const notATransfer = (detail: string): DecodeError =>
  new DecodeError('transaction-not-a-transfer', detail);
