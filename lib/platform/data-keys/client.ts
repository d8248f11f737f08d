/** The way to the data-key service. Every failure of it is a `DataKeysError`. */
import { Agent, request as httpRequest } from 'node:http';
import {
  DataKeysError,
  type DataKeys,
  type DataKeysFault,
  type ShredReceipt,
} from './data-keys.ts';
import type { Ask } from './service/messages.ts';
import type { StoreHealth } from './store/key-store.ts';

const TIMEOUT_MS = 5_000;
/** Destroying keys waits for every copy. */
const SHRED_TIMEOUT_MS = 60_000;
const ANSWER_MAX = 32 * 1024 * 1024;
const FAULTS: readonly string[] = [
  'unavailable',
  'key-unknown',
  'seal-broken',
  'not-allowed',
  'too-much',
] satisfies DataKeysFault[];

/** Beside what every process asks: what whoever runs the installation asks. */
export type OwnerKeys = DataKeys & {
  rotate(): Promise<ShredReceipt>;
  health(): Promise<StoreHealth>;
  /** Ends connections that are kept open. */
  close(): void;
};

/**
 * @param address `unix:` and the absolute path of the socket.
 * @param token secret of the caller.
 */
export function dataKeysAt(address: string, token: string): OwnerKeys {
  const socketPath = address.replace(/^unix:/, '');
  const agent = new Agent({ keepAlive: true, maxSockets: 16, keepAliveMsecs: 10_000 });

  const send = (name: Ask, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const timeout = name === 'shred' || name === 'rotate' ? SHRED_TIMEOUT_MS : TIMEOUT_MS;
      const request = httpRequest(
        {
          agent,
          socketPath,
          path: `/${name}`,
          method: 'POST',
          signal: AbortSignal.timeout(timeout),
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > ANSWER_MAX) response.destroy(new Error('too long an answer'));
            else chunks.push(chunk);
          });
          response.once('error', reject);
          response.once('end', () => {
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
          });
        },
      );
      request.once('error', reject);
      request.end(body);
    });

  /** A connection that had been idle may end just when it is used: then it is asked once more, which harms nothing. */
  async function ask<T>(name: Ask, input: object): Promise<T> {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1)
      try {
        return read<T>(await send(name, body));
      } catch (error) {
        if (error instanceof DataKeysError) throw error;
        const code = error instanceof Error && 'code' in error ? error.code : null;
        if (attempt === 1 && (code === 'ECONNRESET' || code === 'EPIPE')) continue;
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
    shred: (keys) => ask<ShredReceipt>('shred', { keys }),
    rotate: () => ask<ShredReceipt>('rotate', {}),
    health: () => ask<StoreHealth>('health', {}),
    close: () => agent.destroy(),
  };
}

function read<T>({ status, text }: { status: number; text: string }): T {
  const answer = JSON.parse(text) as { fault?: string; sentence?: string };
  if (status === 200) return answer as T;
  const fault = FAULTS.includes(answer.fault ?? '')
    ? (answer.fault as DataKeysFault)
    : 'unavailable';
  throw new DataKeysError(fault, answer.sentence ?? 'The data-key service refused.');
}
