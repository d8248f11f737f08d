import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addChunk,
  isComplete,
  joinChunks,
  missingChunks,
  NO_CHUNKS,
  type Added,
} from './chunk-collection.ts';
import { readChunk, writeChunk } from './chunk.ts';
import { CHUNK_BYTES_MAX, CHUNKS_MAX } from './limits.ts';
import { readTravelDocument, writeTravelDocument } from './travel-document.ts';
import { chunksOf, sampleDocument } from './testing/sample.ts';

/** Bytes that compress well, badly or not at all. */
const document = fc.oneof(
  fc.uint8Array({ maxLength: 4000 }),
  fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .map((few) => new Uint8Array(Buffer.alloc(9000, few))),
);

/** A document, a chunk size with which it fits into 400 codes, and the order codes are seen in. */
const showing = fc
  .record({
    bytes: document,
    chunkBytes: fc.integer({ min: 1, max: CHUNK_BYTES_MAX }),
    foreign: document,
    seed: fc.infiniteStream(fc.nat()),
  })
  .map(({ chunkBytes, bytes, ...rest }) => ({
    bytes,
    chunkBytes: Math.max(chunkBytes, Math.ceil((bytes.length + 64) / CHUNKS_MAX)),
    ...rest,
  }));

function shuffled<T>(items: readonly T[], numbers: Iterator<number>): T[] {
  const keyed = items.map((item) => ({ item, key: Number(numbers.next().value) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

test('any document in chunks of any size arrives, in any order, with repeats and foreign codes between', async () => {
  await fc.assert(
    fc.asyncProperty(showing, async ({ bytes, chunkBytes, foreign, seed }) => {
      const own = await chunksOf(bytes, chunkBytes);
      const other = await chunksOf(new Uint8Array([...foreign, ...bytes, 1]), CHUNK_BYTES_MAX);
      const outcomes = new Map<string, Added['outcome']>([
        ...other.map((text) => [text, 'chunk-of-another-document'] as const),
        ['https://example.com', 'chunk-foreign-form'],
        ['', 'chunk-foreign-form'],
        ['CST2ABC', 'chunk-unknown-version'],
        ['CST1', 'chunk-damaged'],
      ]);
      const [first = ''] = shuffled(own, seed);
      const inAnyOrder = shuffled([...own, ...own.slice(0, 5), ...outcomes.keys()], seed);
      let collection = NO_CHUNKS;
      const taken = new Set<string>();
      for (const text of [first, ...inAnyOrder]) {
        const added = addChunk(collection, text);
        const expected = outcomes.get(text) ?? (taken.has(text) ? 'repeated' : 'added');
        expect(added.outcome).toBe(expected);
        if (added.outcome === 'added') taken.add(text);
        collection = added.collection;
      }
      expect(isComplete(collection)).toBe(true);
      expect(await joinChunks(collection)).toEqual({ ok: true, bytes });
    }),
  );
});

test('while a code is missing, the document is not given out and the place is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 600 }),
      fc.nat(),
      async (bytes, number) => {
        const chunks = await chunksOf(bytes, 8);
        const missing = number % chunks.length;
        const collection = chunks.reduce(
          (before, text, index) => (index === missing ? before : addChunk(before, text).collection),
          NO_CHUNKS,
        );
        expect(missingChunks(collection)).toEqual([missing + 1]);
        expect(await joinChunks(collection)).toEqual({ ok: false, refusal: 'codes-missing' });
      },
    ),
  );
});

const chunk = fc.integer({ min: 1, max: CHUNKS_MAX }).chain((count) =>
  fc.record({
    transfer: fc.integer({ min: 0, max: 0xffffffff }),
    index: fc.integer({ min: 0, max: count - 1 }),
    count: fc.constant(count),
    payload: fc.uint8Array({ maxLength: CHUNK_BYTES_MAX }),
  }),
);

test('a chunk reads back as it was written, in small letters as well', () => {
  fc.assert(
    fc.property(chunk, (of) => {
      const text = writeChunk(of);
      expect(readChunk(text)).toEqual({ ok: true, chunk: of });
      expect(readChunk(` ${text.toLowerCase()}\r\n`)).toEqual({ ok: true, chunk: of });
    }),
  );
});

test('any flipped, lost or added character is refused by name', () => {
  const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:ß\u0131\u017f\u212a';
  fc.assert(
    fc.property(
      chunk,
      fc.nat(),
      fc.constantFrom(...characters.split(''), ''),
      fc.boolean(),
      (of, number, character, isInserted) => {
        const text = writeChunk(of);
        const at = number % text.length;
        const spoilt = text.slice(0, at) + character + text.slice(isInserted ? at : at + 1);
        fc.pre(spoilt.trim() !== text);
        const read = readChunk(spoilt);
        expect(read.ok ? 'taken' : read.refusal).toMatch(
          /^chunk-(?:damaged|foreign-form|unknown-version)$/,
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('a document reads back after its way through codes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (body) => {
      const written = writeTravelDocument({ ...sampleDocument, body });
      if (!written.ok) throw new Error(written.refusal);
      let collection = NO_CHUNKS;
      for (const text of await chunksOf(new TextEncoder().encode(written.text)))
        collection = addChunk(collection, text).collection;
      const joined = await joinChunks(collection);
      if (!joined.ok) throw new Error(joined.refusal);
      const read = readTravelDocument(joined.bytes, { now: sampleDocument.madeAt });
      expect(read.ok && read.digest).toBe(written.digest);
      expect(read.ok && JSON.stringify(read.document.body)).toBe(
        JSON.stringify(JSON.parse(written.text.split('\n')[2] ?? '').body),
      );
    }),
  );
});
