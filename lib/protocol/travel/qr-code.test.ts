import { describe, expect, test } from 'vitest';
import { addChunk, joinChunks, NO_CHUNKS } from './chunk-collection.ts';
import { writeChunk } from './chunk.ts';
import {
  CHUNK_BYTES_DEFAULT,
  chunkBytesFor,
  QUIET_MODULES,
  sideOf,
  VERSION_MAX,
  VERSION_MIN,
} from './code-size.ts';
import { drawModules, drawText, modulesPath } from './qr-code.ts';
import { chunksOf } from './testing/sample.ts';
import { rasterOf, seen } from './testing/raster.ts';

const VERSIONS = Array.from(
  { length: VERSION_MAX - VERSION_MIN + 1 },
  (_, index) => VERSION_MIN + index,
);

const chunkOf = (payloadBytes: number): string =>
  writeChunk({
    transfer: 0xfeedbeef,
    index: 1,
    count: 2,
    payload: Uint8Array.from({ length: payloadBytes }, (_, index) => (index * 151) & 0xff),
  });

describe('the size of codes', () => {
  test.each(VERSIONS)('version %i takes the payload it should, and not a byte more', (version) => {
    const most = chunkBytesFor(version);
    expect(drawModules(chunkOf(most)).length).toBe(sideOf(version));
    expect(drawModules(chunkOf(most + 1)).length).toBe(sideOf(version + 1));
  });

  test('by default a code carries 360 bytes and has version 15', () => {
    expect(CHUNK_BYTES_DEFAULT).toBe(360);
    expect(drawModules(chunkOf(CHUNK_BYTES_DEFAULT)).length).toBe(17 + 4 * 15 + 8);
  });

  test.each([0, VERSION_MIN - 1, VERSION_MAX + 1, 7.5])('version %s is not offered', (version) => {
    expect(() => chunkBytesFor(version)).toThrow(RangeError);
  });
});

describe('a code that is seen', () => {
  test.each(VERSIONS)('of version %i reads as the chunk it was drawn from', (version) => {
    const text = chunkOf(chunkBytesFor(version));
    expect(seen(rasterOf(drawModules(text)))).toBe(text);
    expect(seen(rasterOf(drawModules(text), { scale: 3, noise: 90 }))).toBe(text);
  });

  test.each([
    'bcrt1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqc8gma6',
    '0x5FbDB2315678afecb367f032d93F642f64180aa3',
    '7Gh8dX3yqvGmdG6qQhYyFzP4bXw1QnEo5mJvUQXc9V2T',
  ])('of the address %s reads as it, its small and capital letters too', (address) => {
    expect(seen(rasterOf(drawText(address)))).toBe(address);
  });

  test('with a spot on it still reads: 15 in 100 code words may be lost', () => {
    const text = chunkOf(CHUNK_BYTES_DEFAULT);
    const spotted = drawModules(text).map((row, y) =>
      row.map((isDark, x) => (x > 40 && x < 56 && y > 40 && y < 56 ? false : isDark)),
    );
    expect(seen(rasterOf(spotted))).toBe(text);
  });

  test('a whole document goes over the pictures of its codes', async () => {
    const bytes = new TextEncoder().encode(
      Array.from({ length: 400 }, (_, index) => `${index * 7919}`).join(','),
    );
    let collection = NO_CHUNKS;
    for (const text of await chunksOf(bytes))
      collection = addChunk(collection, seen(rasterOf(drawModules(text)))).collection;
    expect(await joinChunks(collection)).toEqual({ ok: true, bytes });
  });
});

test('the path of a picture covers exactly the dark modules', () => {
  const modules = drawModules(chunkOf(100));
  const covered = modules.map((row) => row.map(() => false));
  for (const [, x, y, width] of modulesPath(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    covered[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  expect(covered).toEqual(modules);
  expect(modules.slice(0, QUIET_MODULES).flat()).not.toContain(true);
});
