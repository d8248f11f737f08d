/** Where the sandbox's sources are asked: JSON over a Unix socket that only its own user can open. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { readBody } from '#lib/mpc/party/read-body.ts';
import { answerQuestion } from './answer.ts';
import type { SourceKeys } from './source-keys.ts';

const BODY_MAX = 4_096;
const LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000 } as const;
const CONNECTIONS_MAX = 64;

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Null for what it does not answer. */
type Answer = (asked: unknown) => object | null | Promise<object | null>;

/** Opens the door at `socket`, in place of one that a killed process left behind. */
export function openDoor(socket: string, answer: Answer): Promise<Server> {
  const server = createServer(LIMITS, (request, response) => {
    void readBody(request, BODY_MAX).then(async (body) => {
      // What is left of a body that was not read must not be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      const said = body && request.method === 'POST' ? await answered(body, answer) : null;
      if (said) send(response, 200, said);
      else send(response, 400, { error: 'no such fact' });
    });
  });
  server.maxConnections = CONNECTIONS_MAX;
  rmSync(socket, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      chmodSync(socket, 0o600);
      resolve(server);
    });
  });
}

/** The door of the sources of prices, verdicts and standings. */
export const openSources = (
  keys: SourceKeys,
  socket: string,
  now: () => Date = () => new Date(),
): Promise<Server> => openDoor(socket, (asked) => answerQuestion(asked, keys, now()));

async function answered(body: Uint8Array, answer: Answer): Promise<object | null> {
  try {
    return await answer(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return null;
  }
}
