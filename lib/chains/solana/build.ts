/**
 * Builds the one kind of transaction a vault signs: a transfer tied to a durable nonce.
 *
 * The order of accounts is fixed, so a transfer has exactly one message, and the parties' decoder
 * (written separately) refuses any other.
 */
import { getU32Encoder, getU64Encoder, getUtf8Encoder } from '@solana/kit';
import { SolanaBuildError } from './build-error.ts';
import {
  joinBytes,
  MEMO_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  SYSTEM_PROGRAM,
  writeMessage,
  type MessagePart,
} from './message-writer.ts';

/** System program instruction numbers. */
const ADVANCE_NONCE = 4;
const TRANSFER = 2;
const LAMPORTS_MAX = 2n ** 64n - 1n;

export type TransferInput = {
  /** The custodian's own account; pays the network fee and signs first. */
  feePayer: string;
  /** The vault: source of the transfer and authority of the nonce account. */
  from: string;
  to: string;
  lamports: bigint;
  /** Printable ASCII, at most 120 characters; null for none. */
  memo: string | null;
  nonce: { account: string; value: string };
};

/**
 * The unsigned message (legacy format) that parties decode and sign.
 * @throws SolanaBuildError on input that must have been refused earlier.
 */
export function buildTransfer(input: TransferInput): Uint8Array {
  const { feePayer, from, to, lamports, memo, nonce } = input;
  if (lamports <= 0n || lamports > LAMPORTS_MAX)
    throw new SolanaBuildError(
      'amount-out-of-range',
      'A transfer moves between 1 and 2^64-1 lamports',
    );
  if (memo !== null && !/^[\x20-\x7e]{1,120}$/.test(memo))
    throw new SolanaBuildError('memo-not-plain', 'A memo is 1 to 120 printable ASCII characters');

  const instructions: MessagePart[] = [
    {
      program: SYSTEM_PROGRAM,
      accounts: [nonce.account, RECENT_BLOCKHASHES_SYSVAR, from],
      data: getU32Encoder().encode(ADVANCE_NONCE),
    },
    {
      program: SYSTEM_PROGRAM,
      accounts: [from, to],
      data: joinBytes([getU32Encoder().encode(TRANSFER), getU64Encoder().encode(lamports)]),
    },
  ];
  if (memo !== null)
    instructions.push({ program: MEMO_PROGRAM, accounts: [], data: getUtf8Encoder().encode(memo) });

  return writeMessage({
    writableSigners: [feePayer, from],
    writable: [nonce.account, to],
    readonly: [RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM, ...(memo === null ? [] : [MEMO_PROGRAM])],
    anchor: nonce.value,
    instructions,
  });
}
