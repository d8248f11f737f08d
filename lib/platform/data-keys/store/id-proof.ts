/**
 * Whether an id was given to a key here. A key leaves nothing behind when it is destroyed, so an id that has no key says by
 * itself whether it ever had one: its last bytes can be computed only with a secret of the store. Whoever writes rows with
 * ids of their own is told from who names a key that was destroyed or lost.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Nobody can try 2^56 ids; what is left of the id, 72 bits, still tells all keys apart. */
export const PROOF_BYTES = 7;
/** Hashes that anybody may ask for begin with a number, so that none of them is a proof. */
const ABOUT = 'countersign/key-id/v1/';

/** @param head the id without its proof. */
export const writeProof = (head: Uint8Array, secret: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(ABOUT).update(head).digest().subarray(0, PROOF_BYTES);

/** @param id in hex. */
export function isProvedId(id: string, secret: Uint8Array): boolean {
  const bytes = Buffer.from(id, 'hex');
  const head = bytes.subarray(0, bytes.length - PROOF_BYTES);
  return timingSafeEqual(bytes.subarray(head.length), writeProof(head, secret));
}
