/** A travelling document and ways to spoil what travels, for tests. */
import { deflateRawSync } from 'node:zlib';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { writeChunk } from '../chunk.ts';
import { transferOf } from '../pack.ts';
import { splitIntoChunks } from '../split-into-chunks.ts';
import type { TravelDocument } from '../travel-document.ts';

export const sampleDocument: TravelDocument = {
  type: 'countersign/travel/v1',
  kind: 'signing-request',
  organisation: 'meridian-custody',
  environment: 'sandbox',
  from: 'console',
  to: 'cold-a',
  trip: '3fa9c1d2'.repeat(8),
  step: 1,
  madeAt: '2026-11-27T08:00:00.000Z',
  expiresAt: '2026-11-28T08:00:00.000Z',
  body: { commitments: ['aa', 'bb'], note: 'für die kalte Partei' },
};

/** @throws when the bytes can't be split, so that tests read on with the codes. */
export async function chunksOf(bytes: Uint8Array, chunkBytes?: number): Promise<string[]> {
  const split = await splitIntoChunks(bytes, chunkBytes);
  if (!split.ok) throw new Error(split.refusal);
  return split.chunks;
}

/** Codes of an honest look whose packed document is whatever the attacker likes. */
export function forgedChunks(packed: Uint8Array, count: number): string[] {
  const size = Math.ceil(packed.length / count);
  const transfer = transferOf(packed);
  return Array.from({ length: count }, (_, index) =>
    writeChunk({
      transfer,
      index,
      count,
      payload: packed.subarray(index * size, (index + 1) * size),
    }),
  );
}

/** A packed document of a few kilobytes that grows to `size` bytes of zeros. */
export const bomb = (size: number): Uint8Array =>
  concatBytes(sha256(new Uint8Array(size)), Uint8Array.of(1), deflateRawSync(Buffer.alloc(size)));
