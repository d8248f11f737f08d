/**
 * What a request would have this party sign: a transaction, by the party's own reading of it, or for a
 * proof of control a text that the party makes itself. Bytes that came from outside are signed only
 * where they are one of the two.
 */
import { createHash } from 'node:crypto';
import { controlMessage } from '#lib/chains/solana/control-message.ts';
import type { DecodedTransaction } from '#lib/protocol/bundle.ts';
import { proofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { decodeBase64url } from '../wire/encoding.ts';
import { decodeTransaction } from './decode-transaction.ts';
import { answer, refuse, type Answer } from './party.ts';

export type ToSign = {
  /** Null for a text, which no chain takes for a transaction. */
  transaction: DecodedTransaction | null;
  message: Uint8Array;
  messageDigest: string;
  /** What the operation is tied to once a share leaves. */
  conflictKey: string;
};

const digestOf = (message: Uint8Array): string =>
  createHash('sha256').update(message).digest('hex');

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** @param of.intent from outside; anything at all. It is decided about afterwards. */
export function whatToSign(of: {
  intent: unknown;
  transaction: { chain: string; message: string };
}): Answer<ToSign> {
  const brought = decodeBase64url(of.transaction.message);
  if (!brought) return refuse('transaction-malformed');
  const proof = proofOfControlIntent.safeParse(of.intent);
  if (!proof.success) {
    const decoded = decodeTransaction(of.transaction.chain, brought);
    if (!decoded.ok) return refuse(decoded.refusal);
    const { transaction } = decoded;
    const messageDigest = digestOf(brought);
    const { conflictKey } = transaction;
    return answer({ transaction, message: brought, messageDigest, conflictKey });
  }
  const message = controlMessage(proof.data);
  if (!message) return refuse('control-chain-unknown');
  const isOwn = of.transaction.chain === proof.data.chain && isSame(message, brought);
  if (!isOwn) return refuse('control-message-differs');
  const messageDigest = digestOf(message);
  // The text names its operation, so it serves no other; the operation has no second text.
  const conflictKey = `control:${messageDigest}`;
  return answer({ transaction: null, message, messageDigest, conflictKey });
}
