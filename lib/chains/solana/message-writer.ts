/** Writes legacy Solana messages from their parts. Building only: decoding has its own reader. */
import {
  address,
  getAddressEncoder,
  getShortU16Encoder,
  isAddress,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { SolanaBuildError } from './build-error.ts';

export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
export const MEMO_PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
export const RECENT_BLOCKHASHES_SYSVAR = 'SysvarRecentB1ockHashes11111111111111111111';
export const RENT_SYSVAR = 'SysvarRent111111111111111111111111111111111';

export type MessagePart = {
  program: string;
  accounts: readonly string[];
  data: ReadonlyUint8Array;
};

export type MessagePlan = {
  /** Every account once: writable signers, then writable others, then read-only others. */
  writableSigners: readonly string[];
  writable: readonly string[];
  readonly: readonly string[];
  /** A recent blockhash, or the value of a durable nonce. */
  anchor: string;
  instructions: readonly MessagePart[];
};

/** The parts one after another. */
export function joinBytes(parts: readonly ReadonlyUint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const shortVec = (parts: readonly ReadonlyUint8Array[]): Uint8Array =>
  joinBytes([getShortU16Encoder().encode(parts.length), ...parts]);

const sized = (bytes: ReadonlyUint8Array): Uint8Array =>
  joinBytes([getShortU16Encoder().encode(bytes.length), bytes]);

export function encodeAddress(text: string): ReadonlyUint8Array {
  if (!isAddress(text))
    throw new SolanaBuildError('not-an-address', `Not a Solana address: ${text}`);
  return getAddressEncoder().encode(address(text));
}

/** @throws SolanaBuildError when an account appears twice or is no address. */
export function writeMessage(plan: MessagePlan): Uint8Array {
  const keys = [...plan.writableSigners, ...plan.writable, ...plan.readonly];
  if (new Set(keys).size !== keys.length)
    throw new SolanaBuildError(
      'same-account-twice',
      'Every account of a message must be another one',
    );
  const indexOf = (key: string): number => {
    const index = keys.indexOf(key);
    if (index < 0) throw new Error(`An instruction names ${key}, which the message does not list`);
    return index;
  };
  const instructions = plan.instructions.map((part) =>
    joinBytes([
      Uint8Array.of(indexOf(part.program)),
      sized(Uint8Array.from(part.accounts, indexOf)),
      sized(part.data),
    ]),
  );
  if (!isAddress(plan.anchor))
    throw new SolanaBuildError(
      'not-a-nonce-value',
      `Not a blockhash or nonce value: ${plan.anchor}`,
    );
  return joinBytes([
    Uint8Array.of(plan.writableSigners.length, 0, plan.readonly.length),
    shortVec(keys.map(encodeAddress)),
    encodeAddress(plan.anchor),
    shortVec(instructions),
  ]);
}
