/** HTTP around the RPC: one path, small bodies, loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer } from './json-rpc.ts';

const BODY_BYTES_MAX = 256 * 1024;
const CONNECTIONS_MAX = 256;
const PAUSE_MAX_MS = 15_000;

type Chain = { answer(body: string): Promise<Answer> };

/** @param chain null until it is open; where an answer rejects, the connection breaks. */
export function makeHttpServer(chain: () => Chain | null): Server {
  const server = createServer((request, response) => {
    response.setHeader('x-countersign-sandbox', 'ethereum');
    respond(request, response, chain()).catch((error: unknown) => {
      console.error('ethereum sandbox: a question failed', error);
      response.destroy();
    });
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.requestTimeout = PAUSE_MAX_MS;
  server.headersTimeout = PAUSE_MAX_MS;
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  chain: Chain | null,
): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal) return end(response, refusal.status, 'text/plain', refusal.text);
  if (!chain) return end(response, 503, 'text/plain', 'The chain is not open yet.');
  if (request.method === 'GET') return end(response, 200, 'text/plain', 'ok');
  let body: string | null;
  try {
    body = await readBody(request);
  } catch {
    // The caller went away in the middle of the question.
    response.destroy();
    return;
  }
  if (body === null) return end(response, 413, 'text/plain', 'The request is too large.');
  const { text, hangUp } = await chain.answer(body);
  if (hangUp) response.destroy();
  else end(response, 200, 'application/json', text);
}

/** Pages of other sites must not reach the sandbox through a browser: neither by form nor by a rebound name. */
function refusalOf(request: IncomingMessage): { status: number; text: string } | null {
  const host = request.headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost')
    return { status: 403, text: 'This host is not served.' };
  if (request.method === 'GET' && request.url === '/health') return null;
  if (request.method !== 'POST') return { status: 405, text: 'Questions come by POST.' };
  if (request.url !== '/') return { status: 404, text: 'Not found.' };
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return { status: 415, text: 'Questions are application/json.' };
  return null;
}

/** @returns null for a body that is too large. */
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

function end(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}
