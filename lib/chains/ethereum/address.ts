/**
 * Ethereum addresses: 20 bytes in hex, in the one spelling whose mixed case is a checksum (EIP-55).
 *
 * A spelling without the checksum is refused, although the chain takes it: it says nothing about
 * whether it was copied whole. The console never adds the checksum by itself, because a checksum over
 * a mistyped address would vouch for the mistake. A person copies the address again from where it
 * comes from: wallets and block explorers show it in mixed case.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, getAddress, hexToBytes, publicKeyToAddress } from 'viem/utils';
import type { Hex } from 'viem';

export type AddressRefusal =
  /** It does not begin with `0x`, or other characters than hex digits follow. */
  | 'address-not-hex'
  /** It has not 40 hex digits. */
  | 'address-wrong-length'
  /** All letters are small, or all are capital: nothing shows that it was copied right. */
  | 'address-without-checksum'
  /** A letter has the wrong case, so at least one character is wrong. */
  | 'address-wrong-checksum'
  /** Nobody has its key: what is sent there is lost. */
  | 'address-zero';

export type AddressReading = { ok: true; address: string } | { ok: false; refusal: AddressRefusal };

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';

const HEX_DIGITS = 40;

/** Reads what a person gave. */
export function readAddress(text: unknown): AddressReading {
  const refuse = (refusal: AddressRefusal): AddressReading => ({ ok: false, refusal });
  if (typeof text !== 'string' || !text.startsWith('0x')) return refuse('address-not-hex');
  // Length first: what comes from outside may be very long.
  if (text.length !== 2 + HEX_DIGITS)
    return refuse(
      text.length < 10_000 && /^0x[0-9a-fA-F]*$/.test(text)
        ? 'address-wrong-length'
        : 'address-not-hex',
    );
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return refuse('address-not-hex');
  if (text === ZERO_ADDRESS) return refuse('address-zero');
  if (text === checksummed(text)) return { ok: true, address: text };
  const digits = text.slice(2);
  return refuse(
    digits === digits.toLowerCase() || digits === digits.toUpperCase()
      ? 'address-without-checksum'
      : 'address-wrong-checksum',
  );
}

/** Whether a text is an address with its checksum, and not the zero address. */
export const isEthereumAddress = (text: unknown): text is string => readAddress(text).ok;

/** The address of 20 bytes. @throws TypeError on another length. */
export function addressOfBytes(bytes: Uint8Array): string {
  if (bytes.length !== 20) throw new TypeError('An Ethereum address has 20 bytes');
  return checksummed(bytesToHex(bytes));
}

/** The 20 bytes of an address, as a node's answer or a document spells it. @throws TypeError */
export function addressBytes(address: string): Uint8Array {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) throw new TypeError('Not an Ethereum address');
  return hexToBytes(address as Hex);
}

/** The spelling with the checksum of what a node spelled in small letters. @throws TypeError */
export const toChecksum = (address: string): string => addressOfBytes(addressBytes(address));

/**
 * The address of a key: the last 20 bytes of the Keccak-256 of its point (yellow paper, appendix F).
 * @param publicKey 33 bytes, compressed (SEC 1).
 * @throws TypeError when it is no point of secp256k1 in that form.
 */
export function addressOf(publicKey: Uint8Array): string {
  if (publicKey.length !== 33) throw new TypeError('A compressed secp256k1 key has 33 bytes');
  let point: Uint8Array;
  try {
    point = secp256k1.Point.fromBytes(publicKey).toBytes(false);
  } catch {
    throw new TypeError('These bytes are no point of secp256k1');
  }
  return publicKeyToAddress(bytesToHex(point));
}

const checksummed = (address: string): string => getAddress(address.toLowerCase());
