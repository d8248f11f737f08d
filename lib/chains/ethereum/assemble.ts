/** Puts the account's signature on unsigned bytes, and names the result before it is sent. */
import { fromRlp, keccak256, toRlp } from 'viem/utils';
import type { Hex } from 'viem';
import { checkSignature } from './signature.ts';
import { readUnsigned } from './unsigned-reader.ts';

export type SignedTransfer = {
  /** What a node takes: `0x02` and twelve fields in RLP (EIP-1559). */
  raw: Uint8Array;
  /** Keccak-256 of them in hex with `0x`: the transaction's id. Known, and stored, before sending. */
  hash: string;
};

/**
 * @param signature 64 bytes (r, s) or 65 with the recovery id behind.
 * @param account whose transaction it is, EIP-55.
 * @throws EthereumSignatureError when it is not the account's over these bytes, or has a high s:
 * sending it would only burn the attempt. DecodeError when the bytes are no unsigned transaction.
 */
export function assemble(
  unsigned: Uint8Array,
  signature: Uint8Array,
  account: string,
): SignedTransfer {
  readUnsigned(unsigned);
  const { r, s, yParity } = checkSignature(signature, digestOf(unsigned), account);
  const fields = fromRlp(unsigned.subarray(1), 'hex') as Hex[];
  const payload = toRlp([...fields, shortest(BigInt(yParity)), shortest(r), shortest(s)], 'bytes');
  const raw = Uint8Array.of(2, ...payload);
  return { raw, hash: hashOfRaw(raw) };
}

/** The id of a signed transaction's bytes. */
export const hashOfRaw = (raw: Uint8Array): string => keccak256(raw);

/** What the account's key signs: 32 bytes. */
export const digestOf = (unsigned: Uint8Array): Uint8Array => keccak256(unsigned, 'bytes');

/** A number without zero bytes in front; zero is no byte at all (yellow paper, appendix B). */
function shortest(value: bigint): Hex {
  if (value === 0n) return '0x';
  const digits = value.toString(16);
  return `0x${digits.length % 2 === 0 ? '' : '0'}${digits}`;
}
