/** Sending, with every outcome a value: taken, refused, or unknown. */
import { BitcoinNodeError } from './node-error.ts';
import { readTransaction } from './raw-transaction.ts';
import { readRefusal } from './send-refusal.ts';
import type { BitcoinSource, SendOutcome } from './source.ts';

/**
 * @param post hands the bytes over, and gives the id that the node answers with.
 * @throws RawError when the bytes are no transaction, BitcoinNodeError `node-other-chain`.
 */
export async function sendOnce(
  raw: Uint8Array,
  post: (hex: string) => Promise<string>,
): Promise<SendOutcome> {
  const { txid } = readTransaction(raw);
  try {
    const answered = await post(Buffer.from(raw).toString('hex'));
    // A node that answers with another id has not said anything about this transaction.
    return answered === txid
      ? { outcome: 'accepted', txid, isKnown: false }
      : { outcome: 'unknown', txid, fault: 'node-answer-untrue' };
  } catch (error) {
    if (!(error instanceof BitcoinNodeError) || error.fault === 'node-other-chain') throw error;
    if (error.said === null) return { outcome: 'unknown', txid, fault: error.fault };
    const read = readRefusal(error.code, error.said);
    if (read.kind === 'known') return { outcome: 'accepted', txid, isKnown: true };
    return read.kind === 'refused'
      ? { outcome: 'refused', txid, refusal: read.refusal, said: error.said }
      : { outcome: 'unknown', txid, fault: error.fault };
  }
}

/**
 * Sends, and settles what one answer leaves open: it looks the id up, and sends the same bytes once
 * more where they are not known. What is refused because its inputs are spent may have spent them.
 */
export async function sendAndSettle(source: BitcoinSource, raw: Uint8Array): Promise<SendOutcome> {
  const first = await source.send(raw);
  if (!isOpen(first)) return first;
  if (await isKnown(source, first.txid))
    return { outcome: 'accepted', txid: first.txid, isKnown: true };
  if (first.outcome === 'refused') return first;
  const second = await source.send(raw);
  if (!isOpen(second)) return second;
  return (await isKnown(source, second.txid))
    ? { outcome: 'accepted', txid: second.txid, isKnown: true }
    : second;
}

const isOpen = (sent: SendOutcome): boolean =>
  sent.outcome === 'unknown' ||
  (sent.outcome === 'refused' &&
    (sent.refusal === 'inputs-missing-or-spent' || sent.refusal === 'conflict'));

async function isKnown(source: BitcoinSource, txid: string): Promise<boolean> {
  try {
    return (await source.transaction(txid)) !== null;
  } catch (error) {
    if (error instanceof BitcoinNodeError && error.fault !== 'node-other-chain') return false;
    throw error;
  }
}
