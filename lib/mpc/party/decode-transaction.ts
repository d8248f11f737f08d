/** The party's own reading of a transaction; one decoder per chain family. */
import { decodeTransfer } from '#lib/chains/solana/decode.ts';
import type { DecodedTransaction } from '#lib/protocol/bundle.ts';
import type { Refusal } from '../refusals.ts';

export function decodeTransaction(
  chain: string,
  message: Uint8Array,
): { ok: true; transaction: DecodedTransaction } | { ok: false; refusal: Refusal } {
  if (!chain.startsWith('solana:')) return { ok: false, refusal: 'transaction-undecodable' };
  const decoded = decodeTransfer(message, chain);
  return decoded.ok ? decoded : { ok: false, refusal: decoded.refusal };
}
