/**
 * One code of a travelling document as text: `CST1`, then base32hex (RFC 4648 §7) of
 * transfer (4 bytes), place from 0 (2), how many (2), payload, CRC-32 over all of these (4).
 * Every character stands in the alphanumeric mode of QR codes. Pure, without zod.
 */
import { concatBytes } from '@noble/hashes/utils.js';
import { base32hexnopad } from '@scure/base';
import { crc32 } from './crc32.ts';
import { CHUNK_BYTES_MAX, CHUNK_MARK, CHUNKS_MAX } from './limits.ts';
import type { ChunkRefusal } from './refusals.ts';

export type Chunk = {
  /** Which splitting it belongs to: the first 4 bytes of the SHA-256 of the packed document. */
  transfer: number;
  /** Its place, from 0. */
  index: number;
  /** How many there are, at most 400. */
  count: number;
  payload: Uint8Array;
};

export type ReadChunk = { ok: true; chunk: Chunk } | { ok: false; refusal: ChunkRefusal };

/** How the text of every code of this version starts. */
export const CHUNK_PREFIX = `${CHUNK_MARK}1`;
const HEADER_BYTES = 8;
const CHECK_BYTES = 4;

/** Bytes of a chunk that are not payload. */
export const CHUNK_OVERHEAD = HEADER_BYTES + CHECK_BYTES;

/** Characters of a code that carries so many bytes of payload. */
export const chunkLength = (payloadBytes: number): number =>
  CHUNK_PREFIX.length + Math.ceil(((CHUNK_OVERHEAD + payloadBytes) * 8) / 5);

const LENGTH_MAX = chunkLength(CHUNK_BYTES_MAX);

/** The text that a code shows. */
export function writeChunk({ transfer, index, count, payload }: Chunk): string {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  header.setUint32(0, transfer);
  header.setUint16(4, index);
  header.setUint16(6, count);
  const body = concatBytes(new Uint8Array(header.buffer), payload);
  const check = new DataView(new ArrayBuffer(CHECK_BYTES));
  check.setUint32(0, crc32(body));
  return CHUNK_PREFIX + base32hexnopad.encode(concatBytes(body, new Uint8Array(check.buffer)));
}

/** The letters in either case: some scanners type in small ones. */
function decode(text: string): Uint8Array | null {
  // Checked first, since some letters beyond ASCII become ASCII in capitals.
  if (!/^[0-9A-Va-v]+$/.test(text)) return null;
  try {
    return base32hexnopad.decode(text.toUpperCase());
  } catch {
    return null;
  }
}

const damaged: ReadChunk = { ok: false, refusal: 'chunk-damaged' };

/** Reads what a camera, a scanner or the clipboard gave; white space around it does no harm. */
export function readChunk(text: string): ReadChunk {
  const trimmed = text.trim();
  const start = trimmed.slice(0, CHUNK_PREFIX.length);
  // The same goes for the mark: a long s is no S.
  const mark = /^[\x21-\x7e]*$/.test(start) ? start.toUpperCase() : '';
  if (!mark.startsWith(CHUNK_MARK) || trimmed.length > LENGTH_MAX)
    return { ok: false, refusal: 'chunk-foreign-form' };
  if (mark !== CHUNK_PREFIX)
    return /[0-9A-V]$/.test(mark) ? { ok: false, refusal: 'chunk-unknown-version' } : damaged;
  const bytes = decode(trimmed.slice(CHUNK_PREFIX.length));
  if (bytes === null || bytes.length < CHUNK_OVERHEAD) return damaged;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECK_BYTES;
  if (view.getUint32(end) !== crc32(bytes.subarray(0, end))) return damaged;
  const chunk: Chunk = {
    transfer: view.getUint32(0),
    index: view.getUint16(4),
    count: view.getUint16(6),
    payload: bytes.slice(HEADER_BYTES, end),
  };
  const isSound = chunk.count <= CHUNKS_MAX && chunk.index < chunk.count;
  return isSound ? { ok: true, chunk } : { ok: false, refusal: 'chunk-foreign-form' };
}
