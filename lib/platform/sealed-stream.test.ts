import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newStreamKey, openingStream, sealingStream, SealedStreamError } from './sealed-stream.ts';

const CHUNK = 64 * 1024;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function gather(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const chunk of stream) found.push(chunk);
  return Buffer.concat(found);
}
const key = newStreamKey();
const seal = (plain: Uint8Array, name = 'journal', size = 10_007): Promise<Buffer> =>
  gather(sealingStream(key, name)(pieces(plain, size)));
const open = (sealed: Uint8Array, name = 'journal', size = 9_973, under = key): Promise<Buffer> =>
  gather(openingStream(under, name)(pieces(sealed, size)));

describe('a sealed file', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])(
    'of %i bytes opens to what it was',
    async (length) => {
      const plain = randomBytes(length);
      expect((await open(await seal(plain))).equals(plain)).toBe(true);
    },
  );

  it('opens whatever the pieces are that it comes in', async () => {
    const plain = randomBytes(CHUNK + 5);
    const sealed = await seal(plain);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: 3 * CHUNK }), async (size) => {
        expect((await open(sealed, 'journal', size)).equals(plain)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('shows nothing of what is in it, and is another each time', async () => {
    const plain = Buffer.from('Anneliese Wrobel '.repeat(100));
    const [one, other] = [await seal(plain), await seal(plain)];
    expect(one.includes('Anneliese')).toBe(false);
    expect(one.equals(other)).toBe(false);
  });

  it('does not open when a byte of it was changed, wherever', async () => {
    const sealed = await seal(randomBytes(CHUNK + 100));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (at) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(open(changed)).rejects.toThrow(SealedStreamError);
      }),
      { numRuns: 50 },
    );
  });

  it('does not open when it was cut off, at the end of a chunk as well', async () => {
    const sealed = await seal(randomBytes(2 * CHUNK));
    const chunk = CHUNK + 16;
    const header = sealed.length - 2 * chunk;
    for (const length of [0, 10, header, header + 5, header + chunk, sealed.length - 1])
      await expect(open(sealed.subarray(0, length))).rejects.toThrow(SealedStreamError);
  });

  it('does not open with chunks in another order, twice, or after its end', async () => {
    const sealed = await seal(randomBytes(3 * CHUNK));
    const chunk = CHUNK + 16;
    const header = sealed.length - 3 * chunk;
    const [head, a, b, c] = [
      sealed.subarray(0, header),
      sealed.subarray(header, header + chunk),
      sealed.subarray(header + chunk, header + 2 * chunk),
      sealed.subarray(header + 2 * chunk),
    ] as [Buffer, Buffer, Buffer, Buffer];
    for (const wrong of [
      [head, b, a, c],
      [head, a, c],
      [head, a, a, b, c],
      [head, a, b, c, c],
    ])
      await expect(open(Buffer.concat(wrong))).rejects.toThrow(SealedStreamError);
  });

  it('does not open as another file or under another key', async () => {
    const sealed = await seal(randomBytes(100));
    await expect(open(sealed, 'posting')).rejects.toThrow(SealedStreamError);
    await expect(open(sealed, 'journal', 50, newStreamKey())).rejects.toThrow(SealedStreamError);
    await expect(open(randomBytes(500))).rejects.toThrow(SealedStreamError);
  });
});
