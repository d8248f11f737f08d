/**
 * The text a rebuilt key signs to prove its address, on every chain, and the envelope that Solana has for
 * it: an off-chain message (version 0, printable ASCII); those of other chains lie in their folders of
 * `lib/chains`. Its first byte, 0xff, begins no transaction, so the signature moves nothing.
 * Format: https://docs.anza.xyz/proposals/off-chain-message-signing
 */
import { addressBytes } from '#lib/chains/solana/address.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const signingDomain = concatBytes(Uint8Array.of(0xff), utf8ToBytes('solana offchain'));
const VERSION = 0;
const PRINTABLE_ASCII = 0;
const TEXT_MAX = 1_000;

/** Names the application inside the message. */
const applicationDomain = sha256(utf8ToBytes('countersign/recovery-proof/v1'));

/** What the key says about itself. */
export const proofText = (of: { key: string; epoch: number; address: string }, at: Date): string =>
  `Countersign: key ${of.key}, rebuilt from backups of epoch ${of.epoch}, controls ${of.address}. ${at.toISOString()}`;

/** The bytes to sign for one signer on Solana. @throws on text that is not short printable ASCII. */
export function offchainMessage(address: string, text: string): Uint8Array {
  if (!/^[\x20-\x7e]+$/u.test(text) || text.length > TEXT_MAX)
    throw new Error('The text of a proof is short printable ASCII.');
  const length = new Uint8Array(2);
  new DataView(length.buffer).setUint16(0, text.length, true);
  return concatBytes(
    signingDomain,
    Uint8Array.of(VERSION),
    applicationDomain,
    Uint8Array.of(PRINTABLE_ASCII, 1),
    addressBytes(address),
    length,
    utf8ToBytes(text),
  );
}
