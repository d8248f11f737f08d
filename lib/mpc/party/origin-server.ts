/** The party's own origin for people. Host and Origin must be exactly its own. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { digestHex } from '#lib/protocol/scalars.ts';
import { refusalSentence } from '../refusals.ts';
import { pinGenesis } from './genesis.ts';
import { faultFields } from './log.ts';
import { openPageRoutes, type PageRoutes } from './origin/page-routes.ts';
import { note, type Party } from './party.ts';
import { pageHeaders } from './page/style.ts';
import { renderPage } from './page/page.ts';
import { isPeerPath, servePeer } from './peer-endpoints.ts';
import { readBody } from './read-body.ts';
import type { SetupCode } from './setup-code.ts';

const CONNECTIONS_MAX = 64;
/** How often Node looks for connections over their time; by itself only every 30 seconds. */
const CHECK_INTERVAL = 1_000;
const FORM_MAX = 2048;
const FORM_TYPE = /^application\/x-www-form-urlencoded(?:;\s*charset=utf-8)?$/iu;

type Page = { status: number; problem: string | null } | { status: 303 };

const problems = {
  foreign: 'The form did not come from this page. Open the page at its own address.',
  malformed: 'The form is not complete. Fill it in again.',
  code: "The set-up code is wrong. It lies in the file setup-code of this party's data folder.",
  guesses:
    "Too many wrong codes in one minute. The right one is taken at any time; it lies in the file setup-code of this party's data folder.",
  pinned: "A genesis is already pinned here, and that can't be changed.",
} as const;

function sendPage(party: Party, response: ServerResponse, page: Page): void {
  if (page.status === 303) {
    response.writeHead(303, { ...pageHeaders, location: '/' }).end();
    return;
  }
  const body = renderPage(party, 'problem' in page ? page.problem : null);
  response.writeHead(page.status, {
    ...pageHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function sendPlain(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

async function pin(party: Party, code: SetupCode | null, incoming: IncomingMessage): Promise<Page> {
  if (incoming.headers.origin !== party.config.origin.origin)
    return { status: 403, problem: problems.foreign };
  const isForm = FORM_TYPE.test(incoming.headers['content-type'] ?? '');
  const body = isForm ? await readBody(incoming, FORM_MAX) : null;
  const form = new URLSearchParams(body?.toString('utf8') ?? '');
  const digest = digestHex.safeParse(form.get('digest'));
  if (!digest.success) return { status: 400, problem: problems.malformed };
  if (party.trust || !code) return { status: 409, problem: problems.pinned };
  const check = code.check(form.get('code') ?? '', party.now().getTime());
  if (check !== 'right') {
    if (check === 'too-many-guesses') return { status: 429, problem: problems.guesses };
    note(party, { event: 'pin-refused', digest: digest.data, refusal: 'setup-code-wrong' });
    return { status: 403, problem: problems.code };
  }
  const pinned = pinGenesis(party, digest.data);
  if (!pinned.ok) return { status: 409, problem: refusalSentence(pinned.refusal) };
  code.discard();
  return { status: 303 };
}

async function handle(
  party: Party,
  { code, pages }: { code: SetupCode | null; pages: PageRoutes },
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url } = incoming;
  // A page under another name would be a page of someone who points that name at this machine.
  if (incoming.headers.host !== new URL(party.config.origin.origin).host)
    sendPlain(response, 421, 'This party answers only at its own address.');
  else if (isPeerPath(url)) await servePeer(party, incoming, response);
  else if (url === '/' && (method === 'GET' || method === 'HEAD'))
    sendPage(party, response, { status: 200, problem: null });
  else if (url === '/pin' && method === 'POST')
    sendPage(party, response, await pin(party, code, incoming));
  else if (!(await pages(incoming, response))) sendPlain(response, 404, 'There is nothing here.');
}

/**
 * @param code null once a genesis is pinned.
 * @param desk further pages that stand before the others, such as those of a cold party.
 */
export function startOriginServer(
  party: Party,
  code: SetupCode | null,
  desk?: PageRoutes,
): Promise<Server> {
  const { host, port, tls } = party.config.origin;
  const own = openPageRoutes(party);
  const pages: PageRoutes = async (incoming, response) =>
    (await desk?.(incoming, response)) === true || own(incoming, response);
  const doors = { code, pages };
  const answerTo = (incoming: IncomingMessage, response: ServerResponse): void => {
    handle(party, doors, incoming, response).catch((error: unknown) => {
      party.log('internal-fault', faultFields(error));
      if (!response.headersSent) sendPlain(response, 500, 'The party met a fault of its own.');
      else response.destroy();
    });
  };
  const limits = {
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: CHECK_INTERVAL,
  };
  const server = tls
    ? createTlsServer(
        {
          ...limits,
          cert: readFileSync(tls.cert),
          key: readFileSync(tls.key),
          minVersion: 'TLSv1.3',
        },
        answerTo,
      )
    : createServer(limits, answerTo);
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', (_, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
