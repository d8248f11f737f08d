/** The party's door for the console: POST and JSON over a Unix socket or mutual TLS. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Refusal } from '../refusals.ts';
import type { RpcListener } from './config.ts';
import { listenAtPath } from './local-socket.ts';
import { faultFields } from './log.ts';
import { refuse, type Answer, type Party } from './party.ts';
import { readBody } from './read-body.ts';
import { endpoints } from './rpc-handlers.ts';

const CONNECTIONS_MAX = 64;
const HEADERS_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 15_000;
/** How often Node looks for connections over their time; by itself only every 30 seconds. */
const CHECK_INTERVAL = 1_000;
const KEEP_ALIVE = 65_000;

const statusOf: Partial<Record<Refusal, number>> = {
  'request-malformed': 400,
  'internal-fault': 500,
};

function send(response: ServerResponse, given: Answer<unknown>): void {
  const body = JSON.stringify(given);
  response.writeHead(given.ok ? 200 : (statusOf[given.refusal] ?? 200), {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

async function answerRequest(party: Party, incoming: IncomingMessage): Promise<Answer<unknown>> {
  const endpoint = endpoints.get(incoming.url ?? '');
  const isJson = incoming.headers['content-type'] === 'application/json';
  if (!endpoint || incoming.method !== 'POST' || !isJson) return refuse('request-malformed');
  const body = await readBody(incoming, endpoint.maxBytes);
  if (!body) return refuse('request-malformed');
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return refuse('request-malformed');
  }
  return endpoint.answer(party, parsed);
}

async function handle(
  party: Party,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let given: Answer<unknown>;
  try {
    given = await answerRequest(party, incoming);
  } catch (error) {
    party.log('internal-fault', faultFields(error));
    given = refuse('internal-fault');
  }
  // What is left of a body that was not read must not be taken for the next request.
  if (!incoming.complete) response.setHeader('connection', 'close');
  send(response, given);
}

function createFor(listener: RpcListener, answerTo: Parameters<typeof createServer>[1]): Server {
  const limits = {
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    connectionsCheckingInterval: CHECK_INTERVAL,
  };
  if (listener.kind === 'unix') return createServer(limits, answerTo);
  return createTlsServer(
    {
      ...limits,
      cert: readFileSync(listener.cert),
      key: readFileSync(listener.key),
      ca: readFileSync(listener.clientCa),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
    },
    answerTo,
  );
}

/** Starts to listen. */
export function startRpcServer(party: Party): Promise<Server> {
  const { rpc: listener } = party.config;
  const server = createFor(
    listener,
    (incoming, response) => void handle(party, incoming, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', (_, socket) => socket.destroy());
  if (listener.kind === 'unix') return listenAtPath(server, listener.path);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listener.port, listener.host, () => resolve(server));
  });
}
