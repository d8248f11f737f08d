/** HTTP around the RPC: one path, small bodies, loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer } from './json-rpc.ts';

/** As on a real node. */
const BODY_BYTES_MAX = 50 * 1024;
const CONNECTIONS_MAX = 256;
const PAUSE_MAX_MS = 15_000;

/** @param answer gives the answer to a request body; what it throws ends the process. */
export function makeHttpServer(answer: (body: string) => Answer): Server {
  const server = createServer((request, response) => {
    response.setHeader('x-countersign-sandbox', 'solana');
    void respond(request, response, answer);
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.requestTimeout = PAUSE_MAX_MS;
  server.headersTimeout = PAUSE_MAX_MS;
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (body: string) => Answer,
): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal) return end(response, refusal.status, 'text/plain', refusal.text);
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
  const { text, hangUp } = answer(body);
  if (hangUp) response.destroy();
  else end(response, 200, 'application/json', text);
}

/** Pages of other sites must not reach the sandbox through a browser: neither by form nor by a rebound name. */
function refusalOf(request: IncomingMessage): { status: number; text: string } | null {
  const host = request.headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost')
    return { status: 403, text: 'Provided Host header is not whitelisted.' };
  if (request.method === 'GET' && request.url === '/health') return null;
  if (request.method !== 'POST')
    return { status: 405, text: 'Used HTTP Method is not allowed. POST is required.' };
  if (request.url !== '/') return { status: 404, text: 'Not found.' };
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return {
      status: 415,
      text: 'Supplied content type is not allowed. Content-Type: application/json is required.',
    };
  return null;
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

function end(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}
