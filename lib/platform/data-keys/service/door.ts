/** The door of the data-key service: JSON over a Unix socket, for callers who show their own secret. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Desk } from './answer.ts';
import { askNames, BODY_MAX, callers, type Ask, type Caller } from './messages.ts';

const LIMITS = { headersTimeout: 5_000, requestTimeout: 20_000, keepAliveTimeout: 60_000 } as const;
const CONNECTIONS_MAX = 200;

/** SHA-256 of each caller's secret, in hex: the service itself knows none of them. */
export type CallerHashes = Readonly<Record<Caller, string>>;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The hash under which a caller's secret is known here. */
export const callerHash = (token: string): string => sha256(token).toString('hex');

function callerOf(request: IncomingMessage, hashes: CallerHashes): Caller | null {
  const token = /^Bearer ([\x21-\x7e]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  const given = sha256(token ?? '');
  // All are compared, so that how long it takes says nothing.
  const found = callers.filter((name) => timingSafeEqual(given, Buffer.from(hashes[name], 'hex')));
  return token === undefined ? null : (found[0] ?? null);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const isAsk = (name: string): name is Ask => askNames.includes(name as Ask);

/**
 * Opens the door at `socket`, in place of one that a killed process left behind.
 * @param mode of the socket: who but its own user may connect.
 */
export function openKeysDoor(
  desk: Desk,
  { socket, hashes, mode = 0o600 }: { socket: string; hashes: CallerHashes; mode?: number },
): Promise<Server> {
  const server = createServer(LIMITS, (request, response) => {
    void serve(request, response).catch(() => {
      send(response, 500, { fault: 'unavailable', sentence: 'The data-key service failed.' });
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const caller = callerOf(request, hashes);
    const name = (request.url ?? '').slice(1);
    if (caller === null || request.method !== 'POST' || !isAsk(name)) {
      response.setHeader('connection', 'close');
      return send(response, caller === null ? 401 : 404, {
        fault: 'not-allowed',
        sentence: 'Nothing is answered here.',
      });
    }
    const body = await bodyOf(request);
    if (body === null) {
      response.setHeader('connection', 'close');
      return send(response, 413, { fault: 'too-much', sentence: 'The request is too long.' });
    }
    const answer = await desk.answer(caller, name, parse(body));
    send(response, answer.status, answer.body);
  }

  server.maxConnections = CONNECTIONS_MAX;
  rmSync(socket, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      chmodSync(socket, mode);
      resolve(server);
    });
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
