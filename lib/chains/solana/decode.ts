/**
 * What a party and a person see of a Solana transaction. Strict: the message must be the one
 * spelling of "advance this nonce, move this amount, perhaps write this memo", nothing else.
 */
import { base58 } from '@scure/base';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toPlainTransaction, type DecodedTransaction } from '#lib/protocol/bundle.ts';
import { DecodeError, type Decoded, type DecodeRefusal } from '../decoded.ts';
import { conflictKeyOf } from './conflict-key.ts';
import { solanaContext, type SolanaContext } from './context.ts';
import {
  MessageFault,
  readMessage,
  type RawInstruction,
  type RawMessage,
} from './message-reader.ts';

const systemProgram = base58.decode('11111111111111111111111111111111');
const memoProgram = base58.decode('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
const recentBlockhashes = base58.decode('SysvarRecentB1ockHashes11111111111111111111');

/** Places of the accounts in the message; the memo program is there only with a memo. */
const place = {
  feePayer: 0,
  vault: 1,
  nonceAccount: 2,
  recipient: 3,
  recentBlockhashes: 4,
  system: 5,
  memo: 6,
} as const;

const LAMPORTS_PER_SIGNATURE = 5_000n;
const SIGNATURES = 2n;

export type DecodeResult =
  | { ok: true; transaction: DecodedTransaction }
  /** `detail` is a short code for logs and tests, such as `trailing-bytes`. */
  | { ok: false; refusal: DecodeRefusal; detail: string };

class NotATransfer extends Error {
  override name = 'NotATransfer';
}

/**
 * @param message the unsigned bytes a party is asked to sign.
 * @param chain CAIP-2 id of the vault's chain; must be a Solana one. The bytes themselves don't name it.
 */
export function decodeTransfer(message: Uint8Array, chain: string): DecodeResult {
  if (!solanaContext.safeParse({ chain }).success)
    return { ok: false, refusal: 'transaction-undecodable', detail: 'not-a-solana-chain' };
  try {
    return { ok: true, transaction: interpret(readMessage(message), chain) };
  } catch (error) {
    if (error instanceof MessageFault)
      return { ok: false, refusal: 'transaction-undecodable', detail: error.message };
    if (error instanceof NotATransfer)
      return { ok: false, refusal: 'transaction-not-a-transfer', detail: error.message };
    throw error;
  }
}

/**
 * The same in the shape that every chain's decoder gives. The vault's own key signs the whole message.
 * @param unsigned the bytes a party is asked to sign.
 * @param context what the bytes don't say.
 * @throws DecodeError on anything that is not fully understood.
 */
export function decode(unsigned: Uint8Array, { chain }: SolanaContext): Decoded {
  const decoded = decodeTransfer(unsigned, chain);
  if (!decoded.ok) throw new DecodeError(decoded.refusal, decoded.detail);
  const { keys, anchor } = readMessage(unsigned);
  return {
    ...toPlainTransaction(decoded.transaction),
    details: {
      family: 'solana',
      nonceAccount: base58.encode(keys[place.nonceAccount] ?? new Uint8Array()),
      nonceValue: base58.encode(anchor),
    },
    parts: [{ bytes: bytesToHex(unsigned), path: [], tweak: 'none' }],
  };
}

function interpret(raw: RawMessage, chain: string): DecodedTransaction {
  const withMemo = checkAccounts(raw);
  const [advance, transfer, memo] = raw.instructions;
  if (raw.instructions.length !== (withMemo ? 3 : 2) || !advance || !transfer)
    throw new NotATransfer('instruction-count');
  checkAdvance(advance);
  const text = (index: number): string => base58.encode(raw.keys[index] ?? new Uint8Array());
  return {
    chain,
    asset: 'SOL',
    from: text(place.vault),
    to: text(place.recipient),
    amount: readTransfer(transfer),
    feePayer: text(place.feePayer),
    fee: LAMPORTS_PER_SIGNATURE * SIGNATURES,
    memo: memo ? readMemo(memo) : null,
    conflictKey: conflictKeyOf({
      nonceAccount: text(place.nonceAccount),
      anchor: base58.encode(raw.anchor),
      feePayer: text(place.feePayer),
    }),
  };
}

/** Checks who is in the message and with which rights. @returns whether a memo must follow. */
function checkAccounts(raw: RawMessage): boolean {
  const withMemo = raw.keys.length === 7;
  if (!withMemo && raw.keys.length !== 6) throw new NotATransfer('account-count');
  // Fee payer and vault sign and pay; nonce account and recipient are written; the rest is read.
  if (raw.signers !== 2 || raw.readonlySigners !== 0 || raw.readonlyOthers !== (withMemo ? 3 : 2))
    throw new NotATransfer('account-rights');
  if (new Set(raw.keys.map((key) => base58.encode(key))).size !== raw.keys.length)
    throw new NotATransfer('same-account-twice');
  if (!isKey(raw, place.recentBlockhashes, recentBlockhashes))
    throw new NotATransfer('account-order');
  if (!isKey(raw, place.system, systemProgram)) throw new NotATransfer('account-order');
  if (withMemo && !isKey(raw, place.memo, memoProgram)) throw new NotATransfer('account-order');
  return withMemo;
}

function checkAdvance(instruction: RawInstruction): void {
  if (instruction.program !== place.system) throw new NotATransfer('first-is-not-advance-nonce');
  if (!same(instruction.data, [4, 0, 0, 0])) throw new NotATransfer('first-is-not-advance-nonce');
  // The vault is the nonce's authority, so nobody else can use up or keep alive what it signed.
  if (!same(instruction.accounts, [place.nonceAccount, place.recentBlockhashes, place.vault]))
    throw new NotATransfer('advance-nonce-accounts');
}

/** @returns lamports. */
function readTransfer({ program, accounts, data }: RawInstruction): bigint {
  if (program !== place.system || data.length !== 12)
    throw new NotATransfer('second-is-not-transfer');
  if (!same(data.subarray(0, 4), [2, 0, 0, 0])) throw new NotATransfer('second-is-not-transfer');
  if (!same(accounts, [place.vault, place.recipient])) throw new NotATransfer('transfer-accounts');
  let lamports = 0n;
  for (let index = 11; index >= 4; index -= 1)
    lamports = lamports * 256n + BigInt(data[index] ?? 0);
  if (lamports === 0n) throw new NotATransfer('amount-zero');
  return lamports;
}

function readMemo({ program, accounts, data }: RawInstruction): string {
  if (program !== place.memo || accounts.length !== 0) throw new NotATransfer('third-is-not-memo');
  if (data.length < 1 || data.length > 120) throw new NotATransfer('memo-length');
  if (!data.every((byte) => byte >= 0x20 && byte <= 0x7e)) throw new NotATransfer('memo-not-plain');
  return String.fromCharCode(...data);
}

function isKey(raw: RawMessage, index: number, expected: Uint8Array): boolean {
  const key = raw.keys[index];
  return key !== undefined && same(key, expected);
}

function same(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1)
    if (left[index] !== right[index]) return false;
  return true;
}
