/**
 * The door for whoever sits at the party's own machine: a Unix socket in its data folder, which only
 * the user that the party runs as can open. It shows what the pages show, and the codes. The
 * console's door is another one and has no way to this.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { groupAt } from '#lib/protocol/roster.ts';
import { operationId, personId, slug } from '#lib/protocol/scalars.ts';
import { adminSocketPath } from './admin-socket.ts';
import { channelCodeFor } from './channel-code.ts';
import { listenAtPath } from './local-socket.ts';
import { faultFields } from './log.ts';
import { raiseRecordMark } from './marks.ts';
import { note, type Party } from './party.ts';
import { keysThatCount } from './origin/people.ts';
import { pageSentence, refused, type PageAnswer } from './origin/refusals.ts';
import { readBody } from './read-body.ts';
import { findPresented } from './store/presented.ts';
import { operationView } from './view/operation-view.ts';
import { printView } from './view/print.ts';

const BODY_MAX = 1024;
const CONNECTIONS_MAX = 8;

/** Whoever asks names the party that is meant, so that no other one answers in its place. */
const showRequest = z.strictObject({ party: slug, operation: operationId });
const codeRequest = showRequest.extend({ person: personId });

function show(party: Party, body: unknown): PageAnswer<{ text: string }> {
  const request = showRequest.safeParse(body);
  if (!request.success) return refused('page-malformed');
  if (request.data.party !== party.config.name) return refused('data-of-another-party');
  if (!party.trust) return refused('genesis-missing');
  const shown = findPresented(party.database, request.data.operation);
  if (!shown) return refused('operation-not-shown');
  return { ok: true, value: { text: printView(operationView(party, party.trust, shown)) } };
}

function code(party: Party, body: unknown): PageAnswer<{ code: string; isAsked: boolean | null }> {
  const request = codeRequest.safeParse(body);
  if (!request.success) return refused('page-malformed');
  if (request.data.party !== party.config.name) return refused('data-of-another-party');
  const { trust, database } = party;
  if (!trust) return refused('genesis-missing');
  const shown = findPresented(database, request.data.operation);
  if (!shown) return refused('operation-not-shown');
  const person = trust.roster.people.find(({ id }) => id === request.data.person);
  if (!person) return refused('person-not-in-roster');
  if (groupAt(trust.roster, person, party.now().getTime()) !== party.config.group)
    return refused('code-of-another-party');
  if (keysThatCount(party, person).length === 0) return refused('no-key-that-counts');
  const { attempt, secondChannel, operation, intentDigest } = operationView(party, trust, shown);
  database.commit(() => note(party, { event: 'code-shown', operation, digest: intentDigest }));
  raiseRecordMark(party);
  const of = { operation, intentDigest, person: person.id, attempt };
  return { ok: true, value: { code: channelCodeFor(party.kek, of), isAsked: secondChannel } };
}

type Method = (party: Party, body: unknown) => PageAnswer<object>;

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['/show', show],
  ['/code', code],
]);

async function answerRequest(party: Party, incoming: IncomingMessage): Promise<PageAnswer<object>> {
  const method = methods.get(incoming.url ?? '');
  if (!method || incoming.method !== 'POST') return refused('page-malformed');
  const body = await readBody(incoming, BODY_MAX);
  if (!body) return refused('page-too-large');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return refused('page-malformed');
  }
  return method(party, parsed);
}

async function handle(
  party: Party,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let given: PageAnswer<object>;
  try {
    given = await answerRequest(party, incoming);
  } catch (error) {
    party.log('internal-fault', faultFields(error));
    given = refused('internal-fault');
  }
  const body = JSON.stringify(
    given.ok
      ? { ok: true, ...given.value }
      : { ok: false, refusal: given.refusal, sentence: pageSentence(given.refusal) },
  );
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}

/** @returns null where the data folder's path is too long for a socket; the pages show the same. */
export async function startAdminServer(party: Party): Promise<Server | null> {
  const path = adminSocketPath(party.config.dataFolder);
  if (path === null) {
    party.log('admin-door-missing');
    return null;
  }
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    (incoming, response) => void handle(party, incoming, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', (_, socket) => socket.destroy());
  return listenAtPath(server, path);
}
