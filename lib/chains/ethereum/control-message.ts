/**
 * The text by which the key of an Ethereum account shows that it can sign, in the envelope of
 * EIP-191, version 0x45 (`personal_sign`).
 *
 * It can't be a transaction: what is hashed begins with 0x19, a transaction's bytes begin with 2
 * (EIP-1559, the only kind a vault signs), with another type that has been given out (1, 3, 4) or, in
 * the first kind, with 0xc0 or more; and no two of these have the same Keccak-256. Type 0x19 was
 * never given out, for the sake of these messages; a party's decoder would refuse it anyway.
 */
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { keccak256 } from 'viem/utils';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { controlText } from '../control-text.ts';
import type { SigningPart } from '../decoded.ts';
import { isEthereumAddress } from './address.ts';
import { isEthereumChain } from './chain.ts';
import { checkSignature, EthereumSignatureError } from './signature.ts';

const PREFIX = '\u0019Ethereum Signed Message:\n';
/** Far more than the fields of an intent can need. */
const TEXT_MAX = 4_000;

/**
 * The bytes whose Keccak-256 is signed, a function of the intent alone: each party makes them for
 * itself.
 * @returns null where the vault is on no Ethereum chain, or its address is none.
 */
export function controlMessage(intent: ProofOfControlIntent): Uint8Array | null {
  if (!isEthereumChain(intent.chain) || !isEthereumAddress(intent.address)) return null;
  const text = utf8ToBytes(controlText(intent));
  if (text.length > TEXT_MAX || !text.every((byte) => byte >= 0x20 && byte <= 0x7e)) return null;
  return enveloped(text);
}

const enveloped = (text: Uint8Array): Uint8Array =>
  concatBytes(utf8ToBytes(`${PREFIX}${text.length}`), text);

/** The 32 bytes that wallets sign for any text (EIP-191, version 0x45). */
export const textDigest = (text: Uint8Array): Uint8Array => keccak256(enveloped(text), 'bytes');

/** The 32 bytes to sign; null where there is no message. */
export function controlDigest(intent: ProofOfControlIntent): Uint8Array | null {
  const message = controlMessage(intent);
  return message && keccak256(message, 'bytes');
}

/**
 * The same as what the vault's key signs.
 * @param path of the address, as the party derived it.
 */
export function controlPart(
  intent: ProofOfControlIntent,
  path: readonly number[],
): SigningPart | null {
  const digest = controlDigest(intent);
  return digest && { bytes: bytesToHex(digest), path: [...path], tweak: 'none' };
}

/** Recovery ids as wallets write them under texts: 27 and 28 (yellow paper, appendix F). */
const WALLET_RECOVERY = 27;

/**
 * A signature as wallets give it for texts: r, s and the recovery id, 65 bytes.
 * @param signature 64 bytes (r, s) or 65 with the recovery id behind.
 * @throws EthereumSignatureError when it is not the address's over the digest.
 */
export function walletSignature(
  signature: Uint8Array,
  digest: Uint8Array,
  address: string,
): Uint8Array {
  const { yParity } = checkSignature(signature, digest, address);
  return concatBytes(signature.subarray(0, 64), Uint8Array.of(WALLET_RECOVERY + yParity));
}

/**
 * The same over the intent's text.
 * @throws EthereumSignatureError when it is not the address's over it.
 */
export function controlSignature(intent: ProofOfControlIntent, signature: Uint8Array): Uint8Array {
  const digest = controlDigest(intent);
  if (!digest) throw new TypeError('The address is no account on an Ethereum chain');
  return walletSignature(signature, digest, intent.address);
}

/**
 * Whether the intent's address signed its text. Any wallet's verifier comes to the same answer.
 * @param signature 64 bytes (r, s) or 65 with the recovery id behind.
 */
export function isControlProven(intent: ProofOfControlIntent, signature: Uint8Array): boolean {
  const digest = controlDigest(intent);
  if (!digest) return false;
  try {
    checkSignature(signature, digest, intent.address);
    return true;
  } catch (error) {
    if (error instanceof EthereumSignatureError) return false;
    throw error;
  }
}
