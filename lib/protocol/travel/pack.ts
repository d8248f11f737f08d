/**
 * The packed form of a document, which is what codes share out: SHA-256 of the document (32 bytes),
 * how its bytes follow (1 byte: 0 as they are, 1 by DEFLATE, RFC 1951), and those bytes. By the
 * streams that browsers and Node both have, so there is one code for both. Without zod.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { TRAVEL_BYTES_MAX } from './limits.ts';

const DIGEST_BYTES = 32;
const HEADER_BYTES = DIGEST_BYTES + 1;
const AS_IT_IS = 0;
const DEFLATED = 1;

/** Highest size of a packed document: what does not get smaller stays as it is. */
export const PACKED_BYTES_MAX = HEADER_BYTES + TRAVEL_BYTES_MAX;

type Piped = { ok: true; bytes: Uint8Array } | { ok: false; fault: 'too-large' | 'unreadable' };

/** Sends bytes through a stream and stops it as soon as more than `maxBytes` have come out. */
async function pipe(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Piped> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const write = async () => {
    await writer.write(new Uint8Array(bytes));
    await writer.close();
  };
  // Its failure is the reader's as well, who answers for both.
  const written = write().catch(() => undefined);
  try {
    return await readAtMost(reader, maxBytes);
  } catch {
    return { ok: false, fault: 'unreadable' };
  } finally {
    await written;
  }
}

async function readAtMost(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<Piped> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ok: true, bytes: concatBytes(...parts) };
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      return { ok: false, fault: 'too-large' };
    }
    parts.push(value);
  }
}

/** @param bytes at most 256 KiB; the caller has looked. */
export async function packDocument(bytes: Uint8Array): Promise<Uint8Array> {
  const deflated = await pipe(new CompressionStream('deflate-raw'), bytes, bytes.length);
  const [how, body] = deflated.ok ? [DEFLATED, deflated.bytes] : [AS_IT_IS, bytes];
  return concatBytes(sha256(bytes), Uint8Array.of(how), body);
}

export type Unpacked =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; fault: 'too-large' | 'unreadable' | 'digest-differs' };

/** Never holds more than 256 KiB and one step of the stream, whatever the bytes would grow to. */
export async function unpackDocument(packed: Uint8Array): Promise<Unpacked> {
  if (packed.length > PACKED_BYTES_MAX) return { ok: false, fault: 'too-large' };
  const body = packed.subarray(HEADER_BYTES);
  const how = packed[DIGEST_BYTES];
  if (how !== AS_IT_IS && how !== DEFLATED) return { ok: false, fault: 'unreadable' };
  const opened: Piped =
    how === AS_IT_IS
      ? { ok: true, bytes: body.slice() }
      : await pipe(new DecompressionStream('deflate-raw'), body, TRAVEL_BYTES_MAX);
  if (!opened.ok) return opened;
  const digest = sha256(opened.bytes);
  return digest.every((byte, index) => byte === packed[index])
    ? opened
    : { ok: false, fault: 'digest-differs' };
}

/** Tells one packed document from another: the first 4 bytes of its SHA-256. */
export function transferOf(packed: Uint8Array): number {
  const digest = sha256(packed);
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}
