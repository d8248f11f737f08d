import { crc32 as zlibCrc32 } from 'node:zlib';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import {
  addChunk,
  joinChunks,
  missingChunks,
  NO_CHUNKS,
  progressSentence,
  type ChunkCollection,
} from './chunk-collection.ts';
import { readChunk, writeChunk } from './chunk.ts';
import { CHUNK_BYTES_DEFAULT } from './code-size.ts';
import { crc32 } from './crc32.ts';
import { CHUNK_BYTES_MAX, CHUNKS_MAX, TRAVEL_BYTES_MAX } from './limits.ts';
import { PACKED_BYTES_MAX } from './pack.ts';
import { splitIntoChunks } from './split-into-chunks.ts';
import { bomb, chunksOf, forgedChunks } from './testing/sample.ts';

const collect = (texts: readonly string[]): ChunkCollection =>
  texts.reduce((before, text) => addChunk(before, text).collection, NO_CHUNKS);

/** Bytes that no compression makes smaller. */
const noise = (length: number): Uint8Array => {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    sha256(Uint8Array.of(index, index >> 8)),
  );
  return concatBytes(...blocks).slice(0, length);
};

describe('the checksum', () => {
  test('is the CRC-32 of zlib, with its published check value', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    for (const length of [0, 1, 255, 4000])
      expect(crc32(noise(length))).toBe(zlibCrc32(noise(length)));
  });
});

describe('splitting', () => {
  test('codes of one document are of one length, give or take one byte', async () => {
    const lengths = (await chunksOf(noise(5000))).map((text) => text.length);
    expect(lengths.length).toBe(Math.ceil(5033 / CHUNK_BYTES_DEFAULT));
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(2);
  });

  test('the largest document that does not compress still goes, in large codes', async () => {
    const chunks = await chunksOf(noise(TRAVEL_BYTES_MAX), CHUNK_BYTES_MAX);
    expect(await joinChunks(collect(chunks))).toEqual({ ok: true, bytes: noise(TRAVEL_BYTES_MAX) });
  });

  test('what is too large, or needs more than 400 codes, is refused by name', async () => {
    expect(await splitIntoChunks(noise(TRAVEL_BYTES_MAX + 1))).toEqual({
      ok: false,
      refusal: 'document-too-large',
    });
    const fitting = CHUNKS_MAX * 10 - 33;
    expect((await splitIntoChunks(noise(fitting), 10)).ok).toBe(true);
    expect(await splitIntoChunks(noise(fitting + 1), 10)).toEqual({
      ok: false,
      refusal: 'too-many-codes',
    });
  });

  test.each([0, -1, 1.5, Number.NaN, CHUNK_BYTES_MAX + 1])(
    'a chunk size of %s is a fault of the caller',
    async (size) => {
      await expect(splitIntoChunks(noise(10), size)).rejects.toThrow(RangeError);
    },
  );
});

describe('reading', () => {
  test('progress names what is missing, and counts where there is much', async () => {
    const chunks = await chunksOf(noise(3600), 300);
    expect(progressSentence(NO_CHUNKS)).toBe('No code read yet.');
    const some = collect(chunks.filter((_, index) => ![2, 8, 12].includes(index)));
    expect(progressSentence(some)).toBe('10 of 13 codes read, missing 3, 9 and 13.');
    const most = collect(chunks.slice(1));
    expect(progressSentence(most)).toBe('12 of 13 codes read, missing 1.');
    expect(progressSentence(collect(chunks.slice(0, 1)))).toBe(
      '1 of 13 codes read, missing 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more.',
    );
    expect(progressSentence(collect(chunks))).toBe('13 of 13 codes read.');
  });

  test('a loop that misses frames ends with every code', async () => {
    const chunks = await chunksOf(noise(3600));
    let collection = NO_CHUNKS;
    let frames = 0;
    // Two of three frames are missed; the loop goes round until none is missing.
    for (; missingChunks(collection).length > 0 || frames === 0; frames += 1)
      if (frames % 3 === 0)
        collection = addChunk(collection, chunks[frames % chunks.length] ?? '').collection;
    expect(frames).toBeLessThanOrEqual(3 * chunks.length);
    expect(await joinChunks(collection)).toEqual({ ok: true, bytes: noise(3600) });
  });

  test('the same document in codes of another size is another showing', async () => {
    const [first = ''] = await chunksOf(noise(900), 300);
    const [, other = ''] = await chunksOf(noise(900), 200);
    expect(addChunk(collect([first]), other).outcome).toBe('chunk-of-another-document');
  });

  test('a second, sound code at the place of another is named and not taken', () => {
    const of = { transfer: 7, index: 0, count: 2 };
    const first = collect([writeChunk({ ...of, payload: noise(10) })]);
    const added = addChunk(first, writeChunk({ ...of, payload: noise(11) }));
    expect(added).toEqual({ collection: first, outcome: 'chunk-contradicts' });
  });

  test.each([
    { index: 0, count: 0 },
    { index: 3, count: 3 },
    { index: 0, count: CHUNKS_MAX + 1 },
    { index: 65_535, count: 65_535 },
  ])('a sound checksum does not excuse place $index of $count', (place) => {
    expect(readChunk(writeChunk({ transfer: 1, payload: noise(5), ...place }))).toEqual({
      ok: false,
      refusal: 'chunk-foreign-form',
    });
  });

  test('what a scanner types on another keyboard layout is damage, not a later version', async () => {
    const [code = ''] = await chunksOf(noise(300));
    const french = code.replaceAll(/[AQ]/g, (letter) => (letter === 'A' ? 'Q' : 'A'));
    for (const typed of [french, code.replaceAll('1', '&'), french.replaceAll('1', '&')])
      expect(readChunk(typed)).toEqual({ ok: false, refusal: 'chunk-damaged' });
    expect(readChunk(code.replace('CST1', 'CST2'))).toEqual({
      ok: false,
      refusal: 'chunk-unknown-version',
    });
  });

  test('a letter beyond ASCII that becomes ASCII in capitals is none, in the mark as well', () => {
    const text = writeChunk({ transfer: 1, index: 0, count: 1, payload: new Uint8Array() });
    expect(readChunk(text.toLowerCase())).toMatchObject({ ok: true });
    expect(readChunk(text.replace('S', '\u017f'))).toEqual({
      ok: false,
      refusal: 'chunk-foreign-form',
    });
  });

  test('a long text is refused before it is read', () => {
    expect(readChunk(`CST1${'0'.repeat(1_000_000)}`)).toEqual({
      ok: false,
      refusal: 'chunk-foreign-form',
    });
  });
});

describe('codes made to harm', () => {
  test('what would grow beyond 256 KiB is stopped on the way', async () => {
    const chunks = forgedChunks(bomb(50_000_000), 40);
    expect(await joinChunks(collect(chunks))).toEqual({ ok: false, refusal: 'codes-too-large' });
  });

  test('more packed bytes than any document has are refused', async () => {
    const chunks = forgedChunks(noise(PACKED_BYTES_MAX + 1), 200);
    expect(await joinChunks(collect(chunks))).toEqual({ ok: false, refusal: 'codes-too-large' });
  });

  const stored = (bytes: Uint8Array, how: number): Uint8Array =>
    concatBytes(sha256(bytes), Uint8Array.of(how), bytes);
  test.each([
    ['nothing at all', new Uint8Array(0)],
    ['less than a digest', noise(20)],
    ['an unknown way of packing', stored(noise(50), 2)],
    ['bytes that are not compressed as they claim', stored(noise(50), 1)],
    ['a document other than its digest', concatBytes(noise(32), Uint8Array.of(0), noise(9))],
    ['bytes behind the end of the compressed ones', concatBytes(bomb(100), noise(3))],
    ['compressed bytes cut short', bomb(100).slice(0, -1)],
  ])('%s is damage', async (_, packed) => {
    expect(await joinChunks(collect(forgedChunks(packed, 1)))).toEqual({
      ok: false,
      refusal: 'codes-damaged',
    });
  });

  test('sound codes under the number of another document are damage', async () => {
    const payload = stored(noise(50), 0);
    const text = writeChunk({ transfer: 1, index: 0, count: 1, payload });
    expect(await joinChunks(collect([text]))).toEqual({ ok: false, refusal: 'codes-damaged' });
  });
});
