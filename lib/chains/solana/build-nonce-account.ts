/**
 * Builds the transaction that makes a nonce account. The account's address follows from the fee
 * payer and a seed, so it is known before anything is sent, needs no key of its own, and making
 * it twice fails on the chain.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { getU32Encoder, getU64Encoder, getUtf8Encoder } from '@solana/kit';
import { addressBytes, addressOf } from './address.ts';
import { SolanaBuildError } from './build-error.ts';
import {
  encodeAddress,
  joinBytes,
  RECENT_BLOCKHASHES_SYSVAR,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  writeMessage,
} from './message-writer.ts';

/** Bytes of a nonce account's data. */
export const NONCE_ACCOUNT_SIZE = 80n;

const CREATE_ACCOUNT_WITH_SEED = 3;
const INITIALIZE_NONCE = 6;

export type NonceAccountInput = {
  feePayer: string;
  /** 1 to 32 characters of a-z, 0-9 and hyphen. Keep a random part: a guessed address can be occupied by anyone. */
  seed: string;
  /** The vault, which alone can use the nonce. */
  authority: string;
  /** Rent-exempt minimum for NONCE_ACCOUNT_SIZE. */
  lamports: bigint;
  blockhash: string;
};

/** The address of the nonce account that this fee payer makes from this seed. */
export function nonceAccountAddress(feePayer: string, seed: string): string {
  if (!/^[a-z0-9-]{1,32}$/.test(seed))
    throw new SolanaBuildError(
      'seed-not-plain',
      'A seed is 1 to 32 characters of a-z, 0-9 and hyphen',
    );
  return addressOf(
    sha256(
      concatBytes(
        addressBytes(feePayer),
        new TextEncoder().encode(seed),
        addressBytes(SYSTEM_PROGRAM),
      ),
    ),
  );
}

/** The unsigned message; the fee payer is its only signer. @throws SolanaBuildError */
export function buildNonceAccountCreation(input: NonceAccountInput): Uint8Array {
  const { feePayer, seed, authority, lamports, blockhash } = input;
  const account = nonceAccountAddress(feePayer, seed);
  const seedBytes = getUtf8Encoder().encode(seed);
  const u64 = getU64Encoder();
  return writeMessage({
    writableSigners: [feePayer],
    writable: [account],
    readonly: [RECENT_BLOCKHASHES_SYSVAR, RENT_SYSVAR, SYSTEM_PROGRAM],
    anchor: blockhash,
    instructions: [
      {
        program: SYSTEM_PROGRAM,
        accounts: [feePayer, account],
        data: joinBytes([
          getU32Encoder().encode(CREATE_ACCOUNT_WITH_SEED),
          encodeAddress(feePayer),
          u64.encode(BigInt(seedBytes.length)),
          seedBytes,
          u64.encode(lamports),
          u64.encode(NONCE_ACCOUNT_SIZE),
          encodeAddress(SYSTEM_PROGRAM),
        ]),
      },
      {
        program: SYSTEM_PROGRAM,
        accounts: [account, RECENT_BLOCKHASHES_SYSVAR, RENT_SYSVAR],
        data: joinBytes([getU32Encoder().encode(INITIALIZE_NONCE), encodeAddress(authority)]),
      },
    ],
  });
}
