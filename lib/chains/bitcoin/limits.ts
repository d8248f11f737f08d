/** Bounds and constants of the one form of transaction that accounts send. */
import type { AccountKind } from './script.ts';

/** Largest number of inputs: each is a signature of its own that parties make together. */
export const INPUTS_MAX = 64;
/** How many of them parties sign together: ECDSA takes far more messages for each than Schnorr. */
export const inputsMax: Readonly<Record<AccountKind, number>> = { p2tr: INPUTS_MAX, p2wpkh: 16 };
/** All satoshi there can ever be. */
export const MONEY_MAX = 2_100_000_000_000_000n;
/** What nodes pass on at most without witnesses (Bitcoin Core: a weight of 400,000). */
export const PREVIOUS_BYTES_MAX = 100_000;
/** Everything that parties are handed for one payment, previous transactions included. */
export const UNSIGNED_BYTES_MAX = 512 * 1024;
export const TRANSACTION_VERSION = 2;
/**
 * No lock time. A recent height, which some wallets write against miners who would rewrite the last block
 * for its fees, has to come from a node; a node that lies about it could hold a payment back for years.
 */
export const LOCK_TIME = 0;
/** BIP125: a transaction with a higher fee may take the place of this one. */
export const SEQUENCE = 0xfffffffd;
