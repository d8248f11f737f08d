import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteFault, ByteReader } from './byte-reader.ts';
import { count } from './testing/psbt-writer.ts';

/** A reader of what a count announces, followed by as many bytes. */
const counted = (spelling: Uint8Array, bytes: number): ByteReader =>
  new ByteReader(Uint8Array.from([...spelling, ...new Uint8Array(bytes)]));

describe('a count', () => {
  it('is read in its shortest spelling, whatever its size', () => {
    for (const value of [0, 1, 0xfc, 0xfd, 0xffff, 0x1_0000]) {
      const reader = counted(count(value), value);
      expect(reader.sized()).toHaveLength(value);
      expect(() => reader.end()).not.toThrow();
    }
  });

  it('is refused in a longer one', () => {
    const longer = [
      [0xfd, 0xfc, 0x00],
      [0xfe, 0xff, 0xff, 0x00, 0x00],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00],
    ];
    for (const bytes of longer)
      expect(() => counted(Uint8Array.from(bytes), 70_000).count()).toThrow('count-not-canonical');
  });

  it('never announces more than there is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const reader = new ByteReader(bytes);
        try {
          expect(reader.sized().length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ByteFault);
        }
      }),
    );
    expect(() => new ByteReader(Uint8Array.of(0xff).slice()).count()).toThrow('ends-too-early');
    const most = new ByteReader(Uint8Array.from([0xff, ...new Uint8Array(8).fill(0xff)]));
    expect(() => most.count()).toThrow('ends-too-early');
  });
});

describe('a number', () => {
  it('is little-endian and unsigned', () => {
    expect(new ByteReader(Uint8Array.of(1, 2, 0, 0xff)).u32()).toBe(0xff000201);
    expect(new ByteReader(new Uint8Array(8).fill(0xff)).whole(8)).toBe(2n ** 64n - 1n);
  });
});
