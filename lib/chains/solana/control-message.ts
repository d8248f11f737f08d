/**
 * The text by which the key of a Solana vault shows that it can sign, in the envelope of Solana's
 * specification of off-chain messages (version 0, restricted ASCII;
 * docs.anza.xyz/proposals/off-chain-message-signing). Its first byte, 0xff, begins no transaction: a
 * legacy message begins with a count of signers below 128, a versioned one with 128 and its version,
 * and version 127 is refused by every reader of transactions for the sake of these messages.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { controlText } from '../control-text.ts';
import { addressBytes, isSolanaAddress } from './address.ts';

const signingDomain = concatBytes(Uint8Array.of(0xff), utf8ToBytes('solana offchain'));
const HEADER_VERSION = 0;
/** 32 bytes that tell this use from any other of the same envelope. */
const applicationDomain = sha256(utf8ToBytes('countersign/proof-of-control/v1'));
/** Restricted ASCII: 0x20 to 0x7e, which hardware wallets can show. */
const FORMAT = 0;
const SIGNERS = 1;
/** With the header a message still fits a packet. */
const TEXT_MAX = 1232 - 85;

/**
 * Exactly the bytes to sign, a function of the intent alone: each party makes them for itself.
 * @returns null where the vault is on no Solana chain, or its address is none.
 */
export function controlMessage(intent: ProofOfControlIntent): Uint8Array | null {
  if (!/^solana:[A-Za-z0-9_-]{1,32}$/.test(intent.chain)) return null;
  if (!isSolanaAddress(intent.address)) return null;
  const text = utf8ToBytes(controlText(intent));
  if (text.length > TEXT_MAX || !text.every((byte) => byte >= 0x20 && byte <= 0x7e)) return null;
  return concatBytes(
    signingDomain,
    Uint8Array.of(HEADER_VERSION),
    applicationDomain,
    Uint8Array.of(FORMAT, SIGNERS),
    addressBytes(intent.address),
    // Little-endian, as all numbers of the envelope.
    Uint8Array.of(text.length & 0xff, text.length >> 8),
    text,
  );
}

/**
 * Whether the key of the intent's address signed its text. Never throws.
 * @param signature 64 bytes.
 */
export function isControlProven(intent: ProofOfControlIntent, signature: Uint8Array): boolean {
  const message = controlMessage(intent);
  try {
    // Strict, as chains check it: no small-order key passes for one that somebody holds.
    return (
      message !== null &&
      ed25519.verify(signature, message, addressBytes(intent.address), { zip215: false })
    );
  } catch {
    // Thrown for bytes that are no point of the curve.
    return false;
  }
}
