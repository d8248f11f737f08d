/** Solana addresses: 32 bytes in base58, one spelling each. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';

/**
 * Whether a text is a Solana address. Being on the curve is not required: an account of a program
 * can receive funds too.
 */
export function isSolanaAddress(text: unknown): text is string {
  return decodeBase58(text, 32, 44) !== null;
}

/** Whether a text is a Solana transaction id (an Ed25519 signature in base58). */
export function isTransactionId(text: unknown): text is string {
  return decodeBase58(text, 64, 88) !== null;
}

/** The address of an Ed25519 public key. @throws when it isn't 32 bytes. */
export function addressOf(publicKey: Uint8Array): string {
  if (publicKey.length !== 32) throw new TypeError('An Ed25519 public key has 32 bytes');
  return base58.encode(publicKey);
}

/** The 32 bytes of an address. @throws when the text is no address. */
export function addressBytes(address: string): Uint8Array {
  const bytes = decodeBase58(address, 32, 44);
  if (bytes === null) throw new TypeError('Not a Solana address');
  return bytes;
}

/**
 * Whether an Ed25519 key can belong to an address. Those of programs lie off the curve on purpose.
 * @throws when the text is no address.
 */
export function isOnCurve(address: string): boolean {
  try {
    ed25519.Point.fromBytes(addressBytes(address));
    return true;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return false;
  }
}

function decodeBase58(text: unknown, size: number, longest: number): Uint8Array | null {
  // Length first: base58 decoding takes quadratic time.
  if (typeof text !== 'string' || text.length < size || text.length > longest) return null;
  try {
    const bytes = base58.decode(text);
    return bytes.length === size ? bytes : null;
  } catch {
    return null;
  }
}
