/** Data keys of one bucket: records of an id and a key, in the order of the ids. */
import { randomBytes } from 'node:crypto';
import { writeProof, PROOF_BYTES } from './id-proof.ts';
import { KEY_BYTES } from './seal-bytes.ts';

export const ID_BYTES = 16;
const RECORD_BYTES = ID_BYTES + KEY_BYTES;
/**
 * The bucket of a key by its id in hex: one of 256, by the first byte. With a million keys a bucket has 190 kB, so that
 * a destruction writes about 200 kB; many more buckets would make `make` of thousands write thousands of files.
 */
export const bucketOf = (id: string): number => Number.parseInt(id.slice(0, 2), 16);

export const BUCKETS = 256;
/** Keys that are made together and lie in one bucket: each bucket that is written costs a wait for the disk. */
const TOGETHER = 128;

/**
 * Ids of new keys, in hex, each with the proof that it was made here. Those of one call lie in few buckets, picked by
 * chance: a statement of thousands of entries would otherwise write all 256 files, and wait for the disk as often. Over
 * many calls all buckets fill alike.
 * @param secret of this store, which outlives every destruction.
 */
export function freshIds(count: number, secret: Uint8Array): string[] {
  const first = randomBytes(Math.min(BUCKETS, Math.ceil(count / TOGETHER)));
  return Array.from({ length: count }, (_, index) => {
    const head = randomBytes(ID_BYTES - PROOF_BYTES);
    head[0] = first[index % first.length] ?? 0;
    return Buffer.concat([head, writeProof(head, secret)]).toString('hex');
  });
}

export type Bucket = Buffer<ArrayBuffer>;
export const emptyBucket: Bucket = Buffer.alloc(0);

/** Whether bytes can be a bucket at all. */
export const isBucket = (bytes: Uint8Array): boolean => bytes.length % RECORD_BYTES === 0;

export const countOf = (bytes: number): number => bytes / RECORD_BYTES;
export const countIn = (bucket: Bucket): number => countOf(bucket.length);

/** Where the record of an id is, or the place at which it would be. */
function placeOf(bucket: Bucket, id: Buffer): { at: number; isThere: boolean } {
  let low = 0;
  let high = countIn(bucket);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * RECORD_BYTES;
    if (bucket.compare(id, 0, ID_BYTES, at, at + ID_BYTES) < 0) low = middle + 1;
    else high = middle;
  }
  const at = low * RECORD_BYTES;
  const isThere = at < bucket.length && bucket.compare(id, 0, ID_BYTES, at, at + ID_BYTES) === 0;
  return { at, isThere };
}

/** Ids of all its keys, in hex. */
export const idsIn = (bucket: Bucket): string[] =>
  Array.from({ length: countIn(bucket) }, (_, index) =>
    bucket.toString('hex', index * RECORD_BYTES, index * RECORD_BYTES + ID_BYTES),
  );

/** The key of an id; null where the bucket has none. */
export function keyIn(bucket: Bucket, id: string): Buffer | null {
  const { at, isThere } = placeOf(bucket, Buffer.from(id, 'hex'));
  return isThere ? bucket.subarray(at + ID_BYTES, at + RECORD_BYTES) : null;
}

/** The bucket with more keys. @throws for an id that it has already. */
export function withKeys(
  bucket: Bucket,
  added: readonly { id: string; key: Uint8Array }[],
): Bucket {
  const records: Buffer[] = [];
  for (let at = 0; at < bucket.length; at += RECORD_BYTES)
    records.push(bucket.subarray(at, at + RECORD_BYTES));
  for (const { id, key } of added) {
    if (keyIn(bucket, id) !== null) throw new Error('two keys have one id');
    records.push(Buffer.concat([Buffer.from(id, 'hex'), key]));
  }
  records.sort((one, other) => one.compare(other, 0, ID_BYTES, 0, ID_BYTES));
  return Buffer.concat(records);
}

/** The bucket without some keys. */
export function withoutKeys(bucket: Bucket, removed: ReadonlySet<string>): Bucket {
  const kept: Buffer[] = [];
  for (let at = 0; at < bucket.length; at += RECORD_BYTES)
    if (!removed.has(bucket.toString('hex', at, at + ID_BYTES)))
      kept.push(bucket.subarray(at, at + RECORD_BYTES));
  return Buffer.concat(kept);
}
