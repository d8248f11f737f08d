/**
 * What a request would have this party sign: a transaction, by the party's own reading of it, or for a
 * proof of control a text that the party makes itself. Bytes that came from outside are signed only
 * where they are one of the two.
 */
import { createHash } from 'node:crypto';
import { controlToSign } from '#lib/chains/control-proof.ts';
import type { Decoded, SigningPart } from '#lib/chains/decoded.ts';
import { proofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { decodeBase64url } from '../wire/encoding.ts';
import { decodeTransaction, type AccountInVault } from './decode-transaction.ts';
import { answer, refuse, type Answer } from './party.ts';

export type ToSign = {
  /** Null for a text, which no chain takes for a transaction. */
  transaction: Decoded | null;
  /** The whole unsigned bytes, and their SHA-256. */
  message: Uint8Array;
  messageDigest: string;
  /** What the vault's key signs for them, in this order; all of it or nothing. */
  parts: readonly SigningPart[];
  /** What the operation is tied to once a share leaves. */
  conflictKey: string;
  /** What else it uses up. */
  uses: readonly string[];
};

const digestOf = (message: Uint8Array): string =>
  createHash('sha256').update(message).digest('hex');

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/**
 * @param of.intent from outside; anything at all. It is decided about afterwards.
 * @param of.account that the intent moves, by the party's own register.
 */
export function whatToSign(of: {
  intent: unknown;
  transaction: { chain: string; message: string };
  account: AccountInVault;
}): Answer<ToSign> {
  const brought = decodeBase64url(of.transaction.message);
  if (!brought) return refuse('transaction-malformed');
  const proof = proofOfControlIntent.safeParse(of.intent);
  if (!proof.success) {
    const decoded = decodeTransaction(of.transaction.chain, brought, of.account);
    if (!decoded.ok) return refuse(decoded.refusal);
    const { transaction } = decoded;
    const { conflictKey, parts, uses = [] } = transaction;
    const messageDigest = digestOf(brought);
    return answer({ transaction, message: brought, messageDigest, parts, conflictKey, uses });
  }
  const own = controlToSign(proof.data);
  if (!own) return refuse('control-chain-unknown');
  const { message, part } = own;
  const isOwn = of.transaction.chain === proof.data.chain && isSame(message, brought);
  if (!isOwn) return refuse('control-message-differs');
  const messageDigest = digestOf(message);
  // The text names its operation, so it serves no other; the operation has no second text.
  const conflictKey = `control:${messageDigest}`;
  return answer({
    transaction: null,
    message,
    messageDigest,
    parts: [part],
    conflictKey,
    uses: [],
  });
}
