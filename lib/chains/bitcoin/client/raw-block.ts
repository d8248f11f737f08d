/** Reads a whole block, and checks that its transactions are the ones its hash commits to. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { ByteReader } from '../byte-reader.ts';
import {
  orRawError,
  RawError,
  readNextTransaction,
  type RawTransaction,
} from './raw-transaction.ts';

const HEADER_BYTES = 80;
const MERKLE_ROOT_AT = 36;
const TRANSACTION_BYTES_MIN = 60;

const doubleHash = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes));

/** As people write hashes: byte order reversed. */
const hashText = (hash: Uint8Array): string => bytesToHex(Uint8Array.from(hash).reverse());

/**
 * @returns the transactions of the block, in their order.
 * @throws RawError when the bytes are no block of that hash.
 */
export function readBlock(bytes: Uint8Array, hash: string): RawTransaction[] {
  return orRawError(() => {
    const reader = new ByteReader(bytes);
    const header = reader.take(HEADER_BYTES);
    if (hashText(doubleHash(header)) !== hash) throw new RawError('The block has another hash');
    const transactions: RawTransaction[] = [];
    for (let left = reader.count(TRANSACTION_BYTES_MIN); left > 0; left -= 1)
      transactions.push(readNextTransaction(reader));
    reader.end();
    const root = merkleRoot(transactions.map(({ txid }) => txid));
    if (root !== hashText(header.subarray(MERKLE_ROOT_AT, MERKLE_ROOT_AT + 32)))
      throw new RawError('The block has other transactions');
    return transactions;
  });
}

function merkleRoot(txids: readonly string[]): string {
  let row = txids.map((txid) => Uint8Array.from(Buffer.from(txid, 'hex')).reverse());
  if (row.length === 0) throw new RawError('The block has no transactions');
  while (row.length > 1) {
    const next: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]];
      if (!left) break;
      // Two equal neighbours would let another list have the same root (CVE-2012-2459).
      if (right && Buffer.compare(left, right) === 0)
        throw new RawError('The block has a transaction twice');
      next.push(Uint8Array.from(doubleHash(concatBytes(left, right ?? left))));
    }
    row = next;
  }
  return hashText(row[0] ?? new Uint8Array(32));
}
