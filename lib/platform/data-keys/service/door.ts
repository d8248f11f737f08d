/** The door of the data-key service: a Unix socket, for callers who show their own secret first. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Desk } from './answer.ts';
import { FrameReader, writeFrame } from './frames.ts';
import { askNames, BODY_MAX, callers, hello, question, type Ask, type Caller } from './messages.ts';

/** Who connects says who they are within this time. */
const HELLO_WITHIN_MS = 5_000;
const HELLO_MAX = 4_096;
/** A connection without a question ends after this; clients make a new one when they need it. */
const IDLE_MS = 10 * 60_000;
const CONNECTIONS_MAX = 200;
/** Questions of one connection that are answered at once; more are not read until there is room. */
const AT_ONCE_MAX = 64;

/** SHA-256 of each caller's secret, in hex: the service itself knows none of them. */
export type CallerHashes = Readonly<Record<Caller, string>>;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The hash under which a caller's secret is known here. */
export const callerHash = (token: string): string => sha256(token).toString('hex');

function callerOf(message: unknown, hashes: CallerHashes): Caller | null {
  const read = hello.safeParse(message);
  const given = sha256(read.success ? read.data.token : '');
  // All are compared, so that how long it takes says nothing.
  const found = callers.filter((name) => timingSafeEqual(given, Buffer.from(hashes[name], 'hex')));
  return read.success ? (found[0] ?? null) : null;
}

const isAsk = (name: string): name is Ask => askNames.includes(name as Ask);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One connection, from the secret on. */
class Visit {
  readonly #socket: Socket;
  readonly #desk: Desk;
  readonly #hashes: CallerHashes;
  readonly #reader = new FrameReader(BODY_MAX);
  #caller: Caller | null = null;
  #open = 0;

  constructor(socket: Socket, desk: Desk, hashes: CallerHashes) {
    this.#socket = socket;
    this.#desk = desk;
    this.#hashes = hashes;
    socket.setTimeout(HELLO_WITHIN_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  #hear(chunk: Buffer): void {
    const messages = this.#reader.take(chunk);
    if (messages === null) return this.#refuse('too-much', 'The request is too long.');
    // Nobody makes the service keep megabytes who has not said who they are.
    if (this.#caller === null && messages.length === 0 && this.#reader.waiting > HELLO_MAX)
      return void this.#socket.destroy();
    for (const text of messages) {
      if (this.#socket.destroyed) return;
      if (this.#caller === null) this.#greet(text);
      else void this.#answer(this.#caller, text);
    }
  }

  #greet(text: string): void {
    this.#caller = callerOf(parse(text), this.#hashes);
    if (this.#caller === null) return this.#refuse('not-allowed', 'Nothing is answered here.');
    this.#socket.setTimeout(IDLE_MS);
  }

  async #answer(caller: Caller, text: string): Promise<void> {
    const read = question.safeParse(parse(text));
    if (!read.success || !isAsk(read.data.ask))
      return this.#refuse('not-allowed', 'This is no request.');
    const { id, ask, input } = read.data;
    this.#open += 1;
    if (this.#open >= AT_ONCE_MAX) this.#socket.pause();
    try {
      writeFrame(this.#socket, { id, ...(await this.#desk.answer(caller, ask, input)) });
    } catch {
      this.#refuse('unavailable', 'The data-key service failed.');
    } finally {
      this.#open -= 1;
      if (this.#open < AT_ONCE_MAX) this.#socket.resume();
    }
  }

  /** Says why, and ends the connection: who sends such a thing is no client of ours. */
  #refuse(fault: string, sentence: string): void {
    if (this.#socket.destroyed) return;
    writeFrame(this.#socket, { id: 0, status: 400, body: { fault, sentence } });
    this.#socket.destroySoon();
  }
}

export type KeysDoor = { close(): Promise<void> };

/**
 * Opens the door at `socket`, in place of one that a killed process left behind.
 * @param mode of the socket: who but its own user may connect.
 */
export async function openKeysDoor(
  desk: Desk,
  { socket, hashes, mode = 0o600 }: { socket: string; hashes: CallerHashes; mode?: number },
): Promise<KeysDoor> {
  const visitors = new Set<Socket>();
  const server: Server = createServer((visitor) => {
    visitors.add(visitor);
    visitor.once('close', () => visitors.delete(visitor));
    void new Visit(visitor, desk, hashes);
  });
  server.maxConnections = CONNECTIONS_MAX;
  rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  chmodSync(socket, mode);
  return {
    close: () => {
      for (const visitor of visitors) visitor.destroy();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
