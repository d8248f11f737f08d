/**
 * The colleagues' door: JSON over a Unix socket that only the sandbox's own user can open. The
 * console's page and `npm run colleague` ask here.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { readBody } from '#lib/mpc/party/read-body.ts';
import { log } from '#lib/platform/log.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { ColleagueDecision } from './colleague.ts';
import { ask, askForGuestLink, paths, type Ask } from './messages.ts';
import type { Team } from './team.ts';

const BODY_MAX = 4096;
const LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000 } as const;
const CONNECTIONS_MAX = 32;

type Reply = { status: number; body: unknown };

/** @returns null for what is no JSON or too large */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, BODY_MAX);
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** A refusal by a person has a reason; asked through the door, it says that it was asked for. */
function decisionOf(wanted: Ask['decision']): ColleagueDecision {
  if (wanted === 'approve' || wanted === 'cosign') return { decision: wanted };
  return { decision: wanted, reason: 'other', note: 'Asked for in the sandbox.' };
}

const reply = (result: Result<unknown>): Reply => ({ status: 200, body: result });

async function decide(team: Team, request: IncomingMessage): Promise<Reply> {
  const parsed = ask.safeParse(await readJson(request));
  if (!parsed.success)
    return {
      status: 400,
      body: refuse(
        'request-malformed',
        'Ask for approve, cosign, reject or cancel on an operation, by its number or its id.',
      ),
    };
  const { operation, decision, handle } = parsed.data;
  return reply(await team.decideOn(operation, decisionOf(decision), handle));
}

async function invite(team: Team, request: IncomingMessage): Promise<Reply> {
  const parsed = askForGuestLink.safeParse(await readJson(request));
  if (!parsed.success)
    return {
      status: 400,
      body: refuse('request-malformed', 'Ask for a link as officer, approver or cosigner.'),
    };
  return reply(await team.inviteGuest(parsed.data.seat));
}

async function answer(team: Team, request: IncomingMessage): Promise<Reply> {
  if (request.method === 'POST' && request.url === paths.decide) return decide(team, request);
  if (request.method === 'POST' && request.url === paths.invite) return invite(team, request);
  if (request.method === 'GET' && request.url === paths.open) return reply(await team.open());
  if (request.method === 'GET' && request.url === paths.people)
    return reply(ok(await team.members()));
  return { status: 404, body: refuse('request-malformed', 'There is nothing at this address.') };
}

async function answerOrFault(team: Team, request: IncomingMessage): Promise<Reply> {
  try {
    return await answer(team, request);
  } catch (error) {
    log.error({ err: error }, 'ask failed');
    return {
      status: 500,
      body: refuse('internal-fault', 'The sample colleagues failed. Their log says why.'),
    };
  }
}

/** Opens the door at `socket`, in place of one that a killed process left behind. */
export function openDoor(team: Team, socket: string): Promise<Server> {
  const server = createServer(LIMITS, (request, response) => {
    void answerOrFault(team, request).then(({ status, body }) => {
      // What is left of a body that was not read must not be taken for the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
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
