/** Puts signatures on a message, and names the result before it is sent. */
import { base58 } from '@scure/base';
import { addressOf, isTransactionId } from './address.ts';
import { verifySignature } from './software-key.ts';

/** Largest transaction a node takes. */
export const TRANSACTION_BYTES_MAX = 1232;

/**
 * The id under which the chain will know the transaction: its fee payer's signature. It does not
 * depend on the vault's signature, and Ed25519 software signatures are deterministic, so it is
 * known (and stored) before sending.
 * @throws when the signature isn't the fee payer's.
 */
export function transactionId(message: Uint8Array, feePayerSignature: Uint8Array): string {
  const [feePayer] = signersOf(message);
  if (feePayer === undefined || !verifySignature(feePayer, message, feePayerSignature))
    throw new Error("The signature is not the fee payer's");
  return base58.encode(feePayerSignature);
}

/**
 * The signed bytes to send.
 * @param signatures by address; exactly the message's signers.
 * @throws when one is missing, superfluous or wrong: sending it would only burn the attempt.
 */
export function assembleTransaction(
  message: Uint8Array,
  signatures: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const signers = signersOf(message);
  if (Object.keys(signatures).length !== signers.length)
    throw new Error(
      `The message has ${signers.length} signers, not ${Object.keys(signatures).length}`,
    );
  const ordered = signers.map((signer) => {
    const signature = signatures[signer];
    if (!signature || !verifySignature(signer, message, signature))
      throw new Error(`The signature of ${signer} is missing or wrong`);
    return signature;
  });
  const bytes = Buffer.concat([Uint8Array.of(signers.length), ...ordered, message]);
  if (bytes.length > TRANSACTION_BYTES_MAX)
    throw new Error('The transaction is too large for the chain');
  return new Uint8Array(bytes);
}

/** The same bytes with empty signatures, for simulation before anyone has signed. */
export function unsignedTransaction(message: Uint8Array): Uint8Array {
  const count = signersOf(message).length;
  return new Uint8Array(Buffer.concat([Uint8Array.of(count), new Uint8Array(64 * count), message]));
}

/** Every signature on signed bytes, in the order of their signers, base58. */
export function signaturesOn(transaction: Uint8Array): string[] {
  const [count = 0] = transaction;
  if (count < 1 || count > 12 || transaction.length < 1 + 64 * count)
    throw new Error('These bytes are no signed transaction');
  return Array.from({ length: count }, (_, place) =>
    base58.encode(transaction.slice(1 + 64 * place, 65 + 64 * place)),
  );
}

/** The id inside signed bytes. @throws when they hold none. */
export function idOfTransaction(transaction: Uint8Array): string {
  const id = transaction.length > 65 ? base58.encode(transaction.slice(1, 65)) : '';
  if (!isTransactionId(id)) throw new Error('These bytes are no signed transaction');
  return id;
}

/** Addresses that must sign a legacy message, in order. */
function signersOf(message: Uint8Array): string[] {
  const [count = 0, , , accounts = 0] = message;
  if (
    count < 1 ||
    count > 12 ||
    accounts > 0x7f ||
    count > accounts ||
    message.length < 4 + 32 * accounts
  )
    throw new Error('These bytes are no legacy Solana message');
  return Array.from({ length: count }, (_, index) =>
    addressOf(message.slice(4 + 32 * index, 36 + 32 * index)),
  );
}
