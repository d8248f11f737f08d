import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

const streamOf = (...pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function all(values: AsyncGenerator<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('readLines', () => {
  it('gives each line once, however the stream is cut', async () => {
    const text = bytes('{"a":1}\n{"b":"é"}\n{"cut":');
    for (let size = 1; size <= text.length; size += 1) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, place) =>
        text.slice(place * size, (place + 1) * size),
      );
      expect(await all(readLines(streamOf(...pieces)))).toEqual([{ a: 1 }, { b: 'é' }]);
    }
  });

  it('ends with an error on what is no JSON, and on a line without an end', async () => {
    await expect(all(readLines(streamOf(bytes('no\n'))))).rejects.toThrow();
    await expect(all(readLines(streamOf(bytes('x'.repeat(1_000_001)))))).rejects.toThrow(
      'too long',
    );
  });
});
