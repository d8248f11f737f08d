/**
 * How messages to and from the data-key service stand on a socket: the length in four bytes, then JSON. Lighter than HTTP,
 * because finding a person asks it each time.
 */
import type { Socket } from 'node:net';

const HEAD_BYTES = 4;

export function writeFrame(socket: Socket, message: object): void {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(body.length);
  socket.write(Buffer.concat([head, body]));
}

/** Gathers what comes in, and gives out whole messages. */
export class FrameReader {
  readonly #most: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** @param most bytes that a message may have. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes of a message that is not whole yet. */
  get waiting(): number {
    return this.#bytes;
  }

  /**
   * The messages that are whole now, as text.
   * @returns null where one is announced that is longer than any may be.
   */
  take(chunk: Buffer): string[] | null {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const messages: string[] = [];
    for (;;) {
      if (this.#bytes < HEAD_BYTES) return messages;
      const first = this.#chunks[0];
      const all = first && first.length >= HEAD_BYTES ? first : this.#join();
      const length = all.readUInt32BE(0);
      if (length > this.#most) return null;
      if (this.#bytes < HEAD_BYTES + length) return messages;
      const whole = this.#join();
      messages.push(whole.toString('utf8', HEAD_BYTES, HEAD_BYTES + length));
      this.#chunks = [whole.subarray(HEAD_BYTES + length)];
      this.#bytes = whole.length - HEAD_BYTES - length;
    }
  }

  #join(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [all ?? Buffer.alloc(0)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }
}
