/** Reads Bitcoin's serialisation byte by byte. Decoding only: nothing here is shared with building. */

/** Why bytes are not what they should be: a short code. */
export class ByteFault extends Error {
  override name = 'ByteFault';
}

/** From this on a count has more than one byte; by its first, how many follow and the least they may say. */
const LONG_COUNT = 0xfd;
const longCounts = [
  { bytes: 2, least: 0xfdn },
  { bytes: 4, least: 0x1_0000n },
  { bytes: 8, least: 0x1_0000_0000n },
] as const;

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // The slices of a Buffer share its memory; whoever turned one around would change what is read.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Bytes that were read. */
  get at(): number {
    return this.#at;
  }

  /** The next byte, which stays; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** A copy of what was read from a place on. */
  since(place: number): Uint8Array {
    return this.#bytes.slice(place, this.#at);
  }

  take(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new ByteFault('ends-too-early');
    const part = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  /** Little-endian and unsigned, as all numbers of the serialisation. */
  whole(bytes: number): bigint {
    return this.take(bytes).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  u32(): number {
    return Number(this.whole(4));
  }

  /**
   * CompactSize, only in its shortest spelling, as Bitcoin Core reads it.
   * @param bytesEach the least that each of what is counted takes, so that no count exceeds what follows.
   */
  count(bytesEach = 1): number {
    const first = Number(this.whole(1));
    const long = longCounts[first - LONG_COUNT];
    const value = long ? this.whole(long.bytes) : BigInt(first);
    if (long && value < long.least) throw new ByteFault('count-not-canonical');
    if (value * BigInt(bytesEach) > BigInt(this.#bytes.length - this.#at))
      throw new ByteFault('ends-too-early');
    return Number(value);
  }

  /** Bytes behind their count. */
  sized(): Uint8Array {
    return this.take(this.count());
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new ByteFault('trailing-bytes');
  }
}
