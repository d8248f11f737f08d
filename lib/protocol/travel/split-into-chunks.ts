/** From a document to the texts of its codes. Without zod: browsers load it. */
import { writeChunk } from './chunk.ts';
import { CHUNK_BYTES_DEFAULT } from './code-size.ts';
import { CHUNK_BYTES_MAX, CHUNKS_MAX, TRAVEL_BYTES_MAX } from './limits.ts';
import { packDocument, transferOf } from './pack.ts';
import type { SplitRefusal } from './refusals.ts';

export type SplitDocument = { ok: true; chunks: string[] } | { ok: false; refusal: SplitRefusal };

/**
 * Compresses a document and shares it out evenly, so that all codes are of one size. They may be
 * read in any order, and shown again and again until none is missing.
 * @param bytes the document, at most 256 KiB.
 * @param chunkBytes highest payload of a code, 1 to 2048 bytes; see `chunkBytesFor`.
 * @throws RangeError for another chunk size.
 */
export async function splitIntoChunks(
  bytes: Uint8Array,
  chunkBytes = CHUNK_BYTES_DEFAULT,
): Promise<SplitDocument> {
  if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > CHUNK_BYTES_MAX)
    throw new RangeError(`A code carries 1 to ${CHUNK_BYTES_MAX} bytes.`);
  if (bytes.length > TRAVEL_BYTES_MAX) return { ok: false, refusal: 'document-too-large' };
  const packed = await packDocument(bytes);
  const count = Math.ceil(packed.length / chunkBytes);
  if (count > CHUNKS_MAX) return { ok: false, refusal: 'too-many-codes' };
  const transfer = transferOf(packed);
  const cut = (place: number): number => Math.floor((packed.length * place) / count);
  const chunks = Array.from({ length: count }, (_, index) =>
    writeChunk({ transfer, index, count, payload: packed.subarray(cut(index), cut(index + 1)) }),
  );
  return { ok: true, chunks };
}
