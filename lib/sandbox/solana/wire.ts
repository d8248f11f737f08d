/** Reads signed transactions as they arrive, and what the sandbox needs to know of them. */
import {
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  getTransactionEncoder,
  type CompiledTransactionMessage,
  type Transaction,
} from '@solana/kit';
import { createHash } from 'node:crypto';
import { base58 } from '@scure/base';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';

export const WIRE_BYTES_MAX = 1232;
const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const ADVANCE_NONCE = [4, 0, 0, 0];

export type IncomingTransaction = {
  wire: Uint8Array;
  transaction: Transaction;
  message: CompiledTransactionMessage & { version: 'legacy' | 0; lifetimeToken: string };
  /** Base58; all zeros when unsigned. */
  id: string;
  /** Names the message whoever signed it how: an account may sign the same bytes in many ways. */
  messageHash: string;
  /** Every account, in the message's order. */
  accounts: readonly string[];
  signed: boolean;
};

/** @throws RpcError -32602 as a real node does. */
export function decodeWire(text: string, encoding: 'base58' | 'base64'): IncomingTransaction {
  const longest = encoding === 'base58' ? 1683 : 1644;
  if (text.length > longest)
    throw invalidParams(
      `${encoding} encoded solana_transaction::versioned::VersionedTransaction too large: ${text.length} bytes (max: encoded/raw ${longest}/${WIRE_BYTES_MAX})`,
    );
  return readTransaction(decodeText(text, encoding));
}

/** @throws RpcError -32602 */
export function readTransaction(wire: Uint8Array): IncomingTransaction {
  if (wire.length > WIRE_BYTES_MAX)
    throw invalidParams(
      `decoded solana_transaction::versioned::VersionedTransaction too large: ${wire.length} bytes (max: ${WIRE_BYTES_MAX} bytes)`,
    );
  const transaction = parse(wire);
  const messageBytes = Uint8Array.from(transaction.messageBytes);
  const message = readMessage(messageBytes);
  const signatures = Object.values(transaction.signatures);
  const header = message.header.numSignerAccounts;
  if (signatures.length !== header || wire[0] !== header)
    throw invalidParams(
      'invalid transaction: Transaction failed to sanitize accounts offsets correctly',
    );
  return {
    wire,
    transaction,
    message,
    id: base58.encode(Uint8Array.from(signatures[0] ?? new Uint8Array(64))),
    messageHash: createHash('sha256').update(messageBytes).digest('hex'),
    accounts: message.staticAccounts,
    signed: signatures.every((signature) => signature !== null),
  };
}

/** @throws RpcError -32602 or -32015 */
export function readMessage(bytes: Uint8Array): IncomingTransaction['message'] {
  let message: CompiledTransactionMessage;
  try {
    message = getCompiledTransactionMessageDecoder().decode(bytes);
  } catch {
    throw invalidParams('failed to deserialize solana_message::versioned::VersionedMessage');
  }
  if (message.version !== 'legacy' && message.version !== 0)
    throw new RpcError(
      rpcCode.unsupportedVersion,
      `Transaction version (${message.version}) is not supported by the sandbox`,
    );
  if ('addressTableLookups' in message && (message.addressTableLookups?.length ?? 0) > 0)
    throw invalidParams('invalid transaction: the sandbox has no address lookup tables');
  if (!('lifetimeToken' in message)) throw invalidParams('failed to deserialize: no blockhash');
  return message as IncomingTransaction['message'];
}

/** The nonce account when the first instruction advances one; null otherwise. */
export function nonceAccountOf({ message }: IncomingTransaction): string | null {
  const [first] = message.instructions;
  const account = first?.accountIndices?.[0];
  if (!first || account === undefined) return null;
  if (message.staticAccounts[first.programAddressIndex] !== SYSTEM_PROGRAM) return null;
  if (!ADVANCE_NONCE.every((byte, index) => first.data?.[index] === byte)) return null;
  return message.staticAccounts[account] ?? null;
}

function decodeText(text: string, encoding: 'base58' | 'base64'): Uint8Array {
  try {
    if (encoding === 'base58') return base58.decode(text);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') === text) return new Uint8Array(bytes);
  } catch {
    // Falls through to the same answer as for text that decodes to something else.
  }
  throw invalidParams(`invalid ${encoding} encoding`);
}

function parse(wire: Uint8Array): Transaction {
  try {
    const transaction = getTransactionDecoder().decode(wire);
    // Bytes behind the transaction, or another spelling of it, would not be what was signed.
    const again = getTransactionEncoder().encode(transaction);
    if (Buffer.compare(Buffer.from(again), wire) === 0) return transaction;
  } catch {
    // Falls through to the same answer as for bytes with another spelling.
  }
  throw invalidParams('failed to deserialize solana_transaction::versioned::VersionedTransaction');
}
