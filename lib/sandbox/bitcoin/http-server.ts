/** HTTP around both interfaces, on one port of loopback: `POST /` is Core's, the rest Esplora's. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Chain } from './chain.ts';
import { answerGet, answerPost } from './esplora.ts';
import { answerBody } from './json-rpc.ts';

/** Hex of the largest standard transaction, and room around it. */
const BODY_BYTES_MAX = 1024 * 1024;
const CONNECTIONS_MAX = 256;
const PAUSE_MAX_MS = 15_000;

type Reply = { status: number; type: string; text: string; hangUp: boolean };

/** @param chain gives the open chain; what it throws ends the process. */
export function makeHttpServer(chain: () => Chain): Server {
  const server = createServer((request, response) => {
    response.setHeader('x-countersign-sandbox', 'bitcoin');
    void respond(request, response, chain);
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.requestTimeout = PAUSE_MAX_MS;
  server.headersTimeout = PAUSE_MAX_MS;
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  chain: () => Chain,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '';
  const refusal = refusalOf(request, path);
  if (refusal) return end(response, refusal);
  if (request.method === 'GET')
    return end(response, path === '/health' ? plain(200, 'ok') : answerGet(chain(), path));
  let body: string | null;
  try {
    body = await readBody(request);
  } catch {
    // The caller went away in the middle of the question.
    response.destroy();
    return;
  }
  if (body === null) return end(response, plain(413, 'The request is too large.'));
  if (path === '/tx') return end(response, answerPost(chain(), body));
  end(response, { ...answerBody(chain(), body), type: 'application/json' });
}

/** Pages of other sites must not reach the sandbox through a browser: neither by form nor by a rebound name. */
function refusalOf(request: IncomingMessage, path: string): Reply | null {
  const host = request.headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost')
    return plain(403, 'This host name is not served.');
  if (request.headers.origin !== undefined) return plain(403, 'Pages of a browser are not served.');
  if (request.method === 'GET') return null;
  if (request.method !== 'POST') return plain(405, 'Only GET and POST are served.');
  return path === '/' || path === '/tx' ? null : plain(404, 'Not found');
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const body: AsyncIterable<Buffer> = request;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= BODY_BYTES_MAX) chunks.push(chunk);
    if (size > 20 * BODY_BYTES_MAX) throw new Error('far too large');
  }
  return size > BODY_BYTES_MAX ? null : Buffer.concat(chunks).toString('utf8');
}

const plain = (status: number, text: string): Reply => ({
  status,
  type: 'text/plain',
  text,
  hangUp: false,
});

function end(response: ServerResponse, { status, type, text, hangUp }: Reply): void {
  if (hangUp) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}
