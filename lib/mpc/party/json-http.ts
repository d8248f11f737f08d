/** JSON over HTTP at both doors: size before parsing, one constant refusal, no detail of a fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../refusals.ts';
import { faultFields } from './log.ts';
import { refuse, type Answer, type Party } from './party.ts';
import { readBody } from './read-body.ts';

/** One method as a server sees it; `answer` checks the form of the body. */
export type Endpoint = {
  /** Largest body in bytes. */
  maxBytes: number;
  answer: (party: Party, body: unknown) => Answer<unknown> | Promise<Answer<unknown>>;
};

/** One that answers in the same turn, without letting anything else in between. */
export type PromptEndpoint = Omit<Endpoint, 'answer'> & {
  answer: (party: Party, body: unknown) => Answer<unknown>;
};

/** By path. */
export type Endpoints = ReadonlyMap<string, Endpoint>;

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

async function answerRequest(
  party: Party,
  endpoints: Endpoints,
  incoming: IncomingMessage,
): Promise<Answer<unknown>> {
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

export async function serveJson(
  party: Party,
  endpoints: Endpoints,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let given: Answer<unknown>;
  try {
    given = await answerRequest(party, endpoints, incoming);
  } catch (error) {
    party.log('internal-fault', faultFields(error));
    given = refuse('internal-fault');
  }
  // What is left of a body that was not read must not be taken for the next request.
  if (!incoming.complete) response.setHeader('connection', 'close');
  send(response, given);
}
