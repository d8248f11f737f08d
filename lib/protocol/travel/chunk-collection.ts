/** The codes read so far, in any order. Pure, without zod. */
import { concatBytes } from '@noble/hashes/utils.js';
import { readChunk, type Chunk } from './chunk.ts';
import { PACKED_BYTES_MAX, transferOf, unpackDocument } from './pack.ts';
import type { ChunkRefusal, JoinRefusal } from './refusals.ts';

export type ChunkCollection = {
  /** Null until the first code names them. */
  of: { transfer: number; count: number } | null;
  /** Payloads by their place, from 0. */
  payloads: ReadonlyMap<number, Uint8Array>;
};

export const NO_CHUNKS: ChunkCollection = { of: null, payloads: new Map() };

export type Added = {
  collection: ChunkCollection;
  /** `added`; `repeated` when it was there already; or why it was not taken. */
  outcome: 'added' | 'repeated' | ChunkRefusal;
};

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function outcomeOf({ of, payloads }: ChunkCollection, chunk: Chunk): Added['outcome'] {
  if (of && (of.transfer !== chunk.transfer || of.count !== chunk.count))
    return 'chunk-of-another-document';
  const before = payloads.get(chunk.index);
  if (before === undefined) return 'added';
  return isSame(before, chunk.payload) ? 'repeated' : 'chunk-contradicts';
}

/** Takes one code. The first one decides which document is read; nothing refused changes anything. */
export function addChunk(collection: ChunkCollection, text: string): Added {
  const read = readChunk(text);
  if (!read.ok) return { collection, outcome: read.refusal };
  const { transfer, index, count, payload } = read.chunk;
  const outcome = outcomeOf(collection, read.chunk);
  if (outcome !== 'added') return { collection, outcome };
  const payloads = new Map(collection.payloads).set(index, payload);
  return { collection: { of: { transfer, count }, payloads }, outcome };
}

/** Places of the codes still to be read, from 1, as people count. Empty before the first code too. */
export function missingChunks({ of, payloads }: ChunkCollection): number[] {
  const places = Array.from({ length: of?.count ?? 0 }, (_, index) => index);
  return places.filter((index) => !payloads.has(index)).map((index) => index + 1);
}

export const isComplete = ({ of, payloads }: ChunkCollection): boolean =>
  of !== null && payloads.size === of.count;

const NAMED_MAX = 10;

/** Such as "7 of 12 codes read, missing 3, 9, 10, 11 and 12." */
export function progressSentence(collection: ChunkCollection): string {
  const { of, payloads } = collection;
  if (of === null) return 'No code read yet.';
  const done = `${payloads.size} of ${of.count} ${of.count === 1 ? 'code' : 'codes'} read`;
  const missing = missingChunks(collection);
  if (missing.length === 0) return `${done}.`;
  const named = missing.slice(0, NAMED_MAX).map(String);
  const rest = missing.length - named.length;
  const last = rest > 0 ? `${rest} more` : named.pop();
  return `${done}, missing ${named.length > 0 ? `${named.join(', ')} and ` : ''}${last}.`;
}

export type Joined = { ok: true; bytes: Uint8Array } | { ok: false; refusal: JoinRefusal };

const damaged: Joined = { ok: false, refusal: 'codes-damaged' };

/** The document that the codes were made from, checked against the digest they carry. */
export async function joinChunks({ of, payloads }: ChunkCollection): Promise<Joined> {
  if (of === null || payloads.size < of.count) return { ok: false, refusal: 'codes-missing' };
  const parts = [...payloads].toSorted(([a], [b]) => a - b).map(([, payload]) => payload);
  const packed = concatBytes(...parts);
  if (packed.length > PACKED_BYTES_MAX) return { ok: false, refusal: 'codes-too-large' };
  if (transferOf(packed) !== of.transfer) return damaged;
  const unpacked = await unpackDocument(packed);
  if (unpacked.ok) return unpacked;
  return unpacked.fault === 'too-large' ? { ok: false, refusal: 'codes-too-large' } : damaged;
}
