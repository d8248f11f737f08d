/**
 * Where leaves lie between being made, in the order of clients, and being taken, in the order of
 * their hashes. One bucket at a time is in memory; the rest may lie on a disk.
 */
import { readSum, SUM_BYTES, writeSum } from './sum.ts';
import type { SumNode } from './node.ts';

export const BUCKETS = 256;
const RECORD_BYTES = 32 + SUM_BYTES;

/** Bytes that are put away by bucket, and come back bucket by bucket. */
export type Shelf = {
  append(bucket: number, bytes: Uint8Array): void;
  /** Everything that was put into it, in any order of records. */
  take(bucket: number): Uint8Array;
};

/** A shelf in memory, for few clients. */
export function memoryShelf(): Shelf {
  const buckets = new Map<number, Uint8Array[]>();
  return {
    append(bucket, bytes) {
      const held = buckets.get(bucket);
      if (held) held.push(bytes);
      else buckets.set(bucket, [bytes]);
    },
    take(bucket) {
      const parts = buckets.get(bucket) ?? [];
      buckets.delete(bucket);
      return Buffer.concat(parts);
    },
  };
}

/** Records are gathered to pieces of this size before they go to the shelf. */
const CHUNK_RECORDS = 256;

/** Puts leaves on a shelf, by the first byte of their hash. */
export class LeafSorter {
  readonly #shelf: Shelf;
  readonly #open = Array.from({ length: BUCKETS }, () => ({ bytes: new Uint8Array(0), used: 0 }));
  count = 0;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  put({ hash, sum }: SumNode): void {
    const bucket = hash[0] ?? 0;
    const chunk = this.#open[bucket];
    if (!chunk) throw new RangeError('A hash begins with a byte.');
    if (chunk.bytes.length === 0) chunk.bytes = new Uint8Array(CHUNK_RECORDS * RECORD_BYTES);
    chunk.bytes.set(hash, chunk.used);
    writeSum(chunk.bytes, chunk.used + 32, sum);
    chunk.used += RECORD_BYTES;
    this.count += 1;
    if (chunk.used === chunk.bytes.length) this.#flush(bucket);
  }

  #flush(bucket: number): void {
    const chunk = this.#open[bucket];
    if (!chunk || chunk.used === 0) return;
    this.#shelf.append(bucket, chunk.bytes.subarray(0, chunk.used));
    chunk.bytes = new Uint8Array(0);
    chunk.used = 0;
  }

  /** All leaves in the order of their hashes, in parts. Once only: the shelf is empty after it. */
  *take(): Generator<SumNode[]> {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      this.#flush(bucket);
      yield sorted(this.#shelf.take(bucket));
    }
  }
}

function sorted(bytes: Uint8Array): SumNode[] {
  const leaves: SumNode[] = [];
  for (let at = 0; at < bytes.length; at += RECORD_BYTES)
    leaves.push({ hash: bytes.slice(at, at + 32), sum: readSum(bytes, at + 32) });
  return leaves.sort((left, right) => Buffer.compare(left.hash, right.hash));
}
