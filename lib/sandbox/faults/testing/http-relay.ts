/** Stands between a process and the server it asks over HTTP, and asks the gates about each message. */
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import type { Gates } from './gates.ts';

/** A Unix socket, or a port of the loopback interface. */
export type Place = { socketPath: string } | { port: number };

export type HttpRelay = { close: () => void };

export type RelayOptions = {
  listen: Place;
  target: Place;
  gates: Gates;
  /** Names a message for the gates. @param body of the request. */
  labelOf: (path: string, body: string) => string;
  /** Told of each reply before the gates are. */
  onReply?: (label: string, body: string) => void;
};

type Reply = { status: number; type: string; body: Buffer };

const addressOf = (place: Place): RequestOptions =>
  'port' in place ? { host: '127.0.0.1', port: place.port } : { socketPath: place.socketPath };

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function forward(target: Place, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = ask({
      ...addressOf(target),
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      agent: false,
      headers: {
        'content-type': incoming.headers['content-type'] ?? 'application/json',
        'content-length': body.length,
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const { statusCode: status = 502, headers } = response;
      readAll(response).then((answer) => {
        resolve({ status, type: headers['content-type'] ?? 'application/json', body: answer });
      }, reject);
    });
    outgoing.end(body);
  });
}

async function relay(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: RelayOptions,
): Promise<void> {
  const { target, gates, labelOf, onReply } = options;
  const body = await readAll(incoming);
  const label = labelOf(incoming.url ?? '/', body.toString('utf8'));
  if ((await gates.through(label, 'request')) === 'cut') throw new Error('cut');
  const reply = await forward(target, incoming, body);
  onReply?.(label, reply.body.toString('utf8'));
  if ((await gates.through(label, 'reply')) === 'cut') throw new Error('cut');
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': reply.body.length,
  });
  response.end(reply.body);
}

/** A server that can't be reached shows as a connection that breaks, as it would without the relay. */
export async function startHttpRelay(options: RelayOptions): Promise<HttpRelay> {
  const server = createServer((incoming, response) => {
    incoming.on('error', () => undefined);
    response.on('error', () => undefined);
    relay(incoming, response, options).catch(() => incoming.socket.destroy());
  });
  const { listen } = options;
  await new Promise<void>((resolve) => {
    if ('port' in listen) server.listen(listen.port, '127.0.0.1', resolve);
    else server.listen(listen.socketPath, resolve);
  });
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
