/** What a server in hostile hands may do with a question, and servers that do it, for the clients of every chain. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/** @param id of a JSON-RPC question, as JSON; empty where the question has none. */
export type Reply = (response: ServerResponse, id: string) => void;

export const says =
  (answer: (id: string) => string, status = 200): Reply =>
  (response, id) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(answer(id));
  };

/** A result of a JSON-RPC interface. */
export const result = (value: string): Reply =>
  says((id) => `{"jsonrpc":"2.0","id":${id},"result":${value}}`);

export const silence: Reply = () => undefined;

export const hangUp: Reply = (response) => response.destroy();

export const drip: Reply = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

export const flood: Reply = (response) => {
  response.writeHead(200);
  const block = Buffer.alloc(256 * 1024, '1');
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
};

/** Packed once: packing takes longer than the client waits. */
const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
export const bomb: Reply = (response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' });
  response.end(packed);
};

export const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{');
  response.destroy();
};

export const redirect: Reply = (response) => {
  response.writeHead(307, { location: 'http://127.0.0.1:9/' });
  response.end();
};

/** How long a client waits: short where the time-out is what is tried, else with room for a busy machine. */
export const waits = { hastyMs: 700, patientMs: 10_000 } as const;

/** Room beside the wait; far below what an unbounded one would take. */
export const PATIENCE_MS = waits.patientMs + 4_000;

/** What no client of any chain may take for an answer, and the end of the fault's name. */
export const noAnswers: readonly [name: string, reply: Reply, fault: string][] = [
  ['never comes', silence, 'timeout'],
  ['comes one byte at a time', drip, 'timeout'],
  ['never ends', flood, 'answer-too-large'],
  ['is a compression bomb', bomb, 'answer-too-large'],
  ['is cut off', cutOff, 'unreachable'],
  ['is a closed connection', hangUp, 'unreachable'],
  ['is a redirect', redirect, 'unreachable'],
  ['is empty', says(() => ''), 'bad-answer'],
  ['is no JSON', says(() => '<html>'), 'bad-answer'],
  ['is HTTP 429', says(() => '{}', 429), 'rate-limited'],
  ['is HTTP 500', says(() => '{}', 500), 'http-error'],
];

export async function listen(server: Server | TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

export type HostileRpc = { url: string; reply: Reply; close(): void };

const question = z.looseObject({ id: z.unknown() });

/** A server of JSON-RPC that answers every question as a test says. */
export async function startHostileRpc(): Promise<HostileRpc> {
  const node: HostileRpc = { url: '', reply: silence, close: () => undefined };
  const server = createServer((request, response) => {
    text(request)
      .then((body) => node.reply(response, JSON.stringify(question.parse(JSON.parse(body)).id)))
      .catch(() => response.destroy());
  });
  node.url = await listen(server);
  node.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return node;
}

/** Speaks another protocol than HTTP. */
export async function startStranger(): Promise<{ url: string; close(): void }> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.9\r\n');
  });
  return { url: await listen(server), close: () => server.close() };
}

/** What a question throws, which it must do in time. @throws Error where it was answered or took longer. */
export async function thrownBy(ask: () => Promise<unknown>, patienceMs: number): Promise<unknown> {
  const started = performance.now();
  const thrown = await ask().then(
    (value) => new Error(`answered ${String(value)}`),
    (reason: unknown) => reason,
  );
  const took = performance.now() - started;
  if (took > patienceMs) throw new Error(`took ${Math.round(took)} ms`, { cause: thrown });
  return thrown;
}
