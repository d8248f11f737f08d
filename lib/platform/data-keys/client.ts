/** The way to the data-key service. Every failure of it is a `DataKeysError`. */
import { connect, type Socket } from 'node:net';
import {
  DataKeysError,
  type DataKeys,
  type DataKeysFault,
  type KeyId,
  type ShredReceipt,
} from './data-keys.ts';
import { FrameReader, writeFrame } from './service/frames.ts';
import type { Ask } from './service/messages.ts';
import type { StoreHealth } from './store/key-store.ts';

const TIMEOUT_MS = 5_000;
/** What changes keys waits for every copy. */
const SLOW_TIMEOUT_MS = 60_000;
const SLOW: ReadonlySet<Ask> = new Set(['make', 'shred', 'rotate', 'backup', 'renew-copy']);
const ANSWER_MAX = 32 * 1024 * 1024;
const FAULTS: readonly string[] = [
  'unavailable',
  'key-unknown',
  'seal-broken',
  'not-allowed',
  'too-much',
  'too-many-made',
] satisfies DataKeysFault[];

/** Beside what every process asks: what whoever runs the installation asks. */
export type OwnerKeys = DataKeys & {
  /** Destroys more keys within an hour than the brake lets through. */
  shredBeyondBrake(keys: readonly KeyId[]): Promise<ShredReceipt>;
  rotate(): Promise<ShredReceipt>;
  /** Writes a backup of the keys now; the root key is not in it. */
  backup(): Promise<void>;
  /** Begins a copy anew whose disk is lost for good. @param place its folder of keys. */
  renewCopy(place: string): Promise<void>;
  health(): Promise<StoreHealth>;
  /** Ends the connection that is kept open. */
  close(): void;
};

type Answer = { status: number; body: { fault?: string; sentence?: string } };
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

/** The connection ended before an answer came: whether anything was done is not known. */
class Lost extends Error {}

/** One connection; questions go out as they come, and answers are told apart by their numbers. */
class Line {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  isOver = false;

  constructor(path: string, token: string) {
    this.#socket = connect(path);
    // A process must be able to end although it asked once.
    this.#socket.unref();
    const reader = new FrameReader(ANSWER_MAX);
    this.#socket.on('data', (chunk: Buffer) => {
      for (const text of reader.take(chunk) ?? this.#cut()) this.#hear(text);
    });
    this.#socket.on('error', () => this.end());
    this.#socket.on('close', () => this.end());
    writeFrame(this.#socket, { token });
  }

  ask(name: Ask, input: object, timeoutMs: number): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new DataKeysError('unavailable', 'The data-key service did not answer in time.'));
        this.end();
      }, timeoutMs);
      this.#waiting.set(id, {
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      writeFrame(this.#socket, { id, ask: name, input });
    });
  }

  end(): void {
    this.isOver = true;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(new Lost());
    this.#waiting.clear();
  }

  #hear(text: string): void {
    const { id, ...answer } = JSON.parse(text) as Answer & { id: number };
    // Number 0 is about the connection itself, so it is the answer to everything that was asked over it.
    const about = id === 0 ? [...this.#waiting.keys()] : [id];
    for (const one of about) {
      this.#waiting.get(one)?.resolve(answer);
      this.#waiting.delete(one);
    }
    if (id === 0) this.end();
  }

  #cut(): string[] {
    this.end();
    return [];
  }
}

/**
 * @param address `unix:` and the absolute path of the socket.
 * @param token secret of the caller.
 */
export function dataKeysAt(address: string, token: string): OwnerKeys {
  const path = address.replace(/^unix:/, '');
  let line: Line | null = null;

  /** A connection that had been idle may end just when it is used: then it is asked once more, which harms nothing. */
  async function ask<T>(name: Ask, input: object): Promise<T> {
    const timeout = SLOW.has(name) ? SLOW_TIMEOUT_MS : TIMEOUT_MS;
    for (let attempt = 1; ; attempt += 1)
      try {
        if (line === null || line.isOver) line = new Line(path, token);
        return read<T>(await line.ask(name, input, timeout));
      } catch (error) {
        if (error instanceof DataKeysError) throw error;
        if (error instanceof Lost && attempt === 1) continue;
        throw new DataKeysError('unavailable', 'The data-key service does not answer.');
      }
  }

  const bytesOf = (texts: readonly string[]) =>
    texts.map((text) => new Uint8Array(Buffer.from(text, 'base64')));

  return {
    make: async (count) => (await ask<{ keys: string[] }>('make', { count })).keys,
    seal: async (items) => {
      if (items.length === 0) return [];
      const asked = items.map(({ key, context, plain }) => ({
        key,
        context,
        plain: Buffer.from(plain).toString('base64'),
      }));
      return bytesOf((await ask<{ sealed: string[] }>('seal', { items: asked })).sealed);
    },
    open: async (items) => {
      if (items.length === 0) return [];
      const asked = items.map(({ context, sealed }) => ({
        context,
        sealed: Buffer.from(sealed).toString('base64'),
      }));
      const { opened } = await ask<{ opened: (string | null)[] }>('open', { items: asked });
      return opened.map((text) =>
        text === null
          ? { state: 'shredded' as const }
          : { state: 'open' as const, plain: new Uint8Array(Buffer.from(text, 'base64')) },
      );
    },
    fingerprint: async (kind, values) =>
      bytesOf((await ask<{ hashes: string[] }>('fingerprint', { kind, values })).hashes),
    missing: async (keys) => (await ask<{ missing: string[] }>('missing', { keys })).missing,
    neverMade: async (keys) =>
      (await ask<{ neverMade: string[] }>('never-made', { keys })).neverMade,
    list: async (bucket) => (await ask<{ keys: string[] }>('list', { bucket })).keys,
    generation: async () => (await ask<StoreHealth>('health', {})).generation,
    shred: (keys) => ask<ShredReceipt>('shred', { keys }),
    shredBeyondBrake: (keys) => ask<ShredReceipt>('shred', { keys, isBeyondBrake: true }),
    backup: async () => void (await ask('backup', {})),
    renewCopy: async (place) => void (await ask('renew-copy', { place })),
    rotate: () => ask<ShredReceipt>('rotate', {}),
    health: () => ask<StoreHealth>('health', {}),
    close: () => line?.end(),
  };
}

function read<T>({ status, body }: Answer): T {
  if (status === 200) return body as T;
  const fault = FAULTS.includes(body.fault ?? '') ? (body.fault as DataKeysFault) : 'unavailable';
  throw new DataKeysError(fault, body.sentence ?? 'The data-key service refused.');
}
