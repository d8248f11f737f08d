/** The party's door for the console: POST and JSON over a Unix socket or mutual TLS. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { RpcListener } from './config.ts';
import { serveJson } from './json-http.ts';
import { listenAtPath } from './local-socket.ts';
import type { Party } from './party.ts';
import { endpoints } from './rpc-endpoints.ts';

const CONNECTIONS_MAX = 64;
const HEADERS_TIMEOUT = 5_000;
const REQUEST_TIMEOUT = 15_000;
/** How often Node looks for connections over their time; by itself only every 30 seconds. */
const CHECK_INTERVAL = 1_000;
const KEEP_ALIVE = 65_000;

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
    (incoming, response) => void serveJson(party, endpoints, incoming, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', (_, socket) => socket.destroy());
  if (listener.kind === 'unix') return listenAtPath(server, listener.path);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listener.port, listener.host, () => resolve(server));
  });
}
