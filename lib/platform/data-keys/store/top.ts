/** The top of the key tree: which buckets there are, in which file each stands, and its key. Pure. */
import { KEY_BYTES } from './seal-bytes.ts';

export type BucketEntry = {
  /** Generation of the root under which the bucket's file was named. */
  generation: number;
  key: Buffer;
};

export type Top = {
  /** Grows with each change, so that of two copies of one generation the newer can be told. */
  change: number;
  /** Key of the hashes by which values are found. */
  fingerprintKey: Buffer;
  buckets: ReadonlyMap<number, BucketEntry>;
};

const CHANGE_BYTES = 6;
const HEAD_BYTES = CHANGE_BYTES + KEY_BYTES;
const ENTRY_BYTES = 1 + 4 + KEY_BYTES;

export function writeTop({ change, fingerprintKey, buckets }: Top): Buffer {
  const count = Buffer.alloc(CHANGE_BYTES);
  count.writeUIntBE(change, 0, CHANGE_BYTES);
  const entries = [...buckets].toSorted(([one], [other]) => one - other);
  return Buffer.concat([
    count,
    fingerprintKey,
    ...entries.map(([number, { generation, key }]) => {
      const head = Buffer.alloc(5);
      head.writeUInt8(number, 0);
      head.writeUInt32BE(generation, 1);
      return Buffer.concat([head, key]);
    }),
  ]);
}

/** @returns null for bytes that are no top. */
export function readTop(bytes: Buffer): Top | null {
  if (bytes.length < HEAD_BYTES || (bytes.length - HEAD_BYTES) % ENTRY_BYTES !== 0) return null;
  const buckets = new Map<number, BucketEntry>();
  for (let at = HEAD_BYTES; at < bytes.length; at += ENTRY_BYTES)
    buckets.set(bytes.readUInt8(at), {
      generation: bytes.readUInt32BE(at + 1),
      key: bytes.subarray(at + 5, at + ENTRY_BYTES),
    });
  return {
    change: bytes.readUIntBE(0, CHANGE_BYTES),
    fingerprintKey: bytes.subarray(CHANGE_BYTES, HEAD_BYTES),
    buckets,
  };
}

const generationText = (generation: number): string => generation.toString().padStart(10, '0');

export const rootName = (generation: number): string => `root-${generationText(generation)}`;
export const topName = (generation: number): string => `top-${generationText(generation)}`;
export const bucketName = (bucket: number, generation: number): string =>
  `bucket-${bucket.toString(16).padStart(2, '0')}-${generationText(generation)}`;

/** Names of the files of all buckets. */
export const bucketNames = ({ buckets }: Top): string[] =>
  [...buckets].map(([number, { generation }]) => bucketName(number, generation));

/** The generation in the name of a root or a top; null for any other file. */
export function generationIn(name: string, kind: 'root' | 'top'): number | null {
  const found = /^(root|top)-(\d{10})$/.exec(name);
  return found?.[1] === kind ? Number(found[2]) : null;
}

export const topAbout = (generation: number): string => `countersign/keys/top/v1/${generation}`;
export const bucketAbout = (bucket: number, generation: number): string =>
  `countersign/keys/bucket/v1/${bucket}/${generation}`;
