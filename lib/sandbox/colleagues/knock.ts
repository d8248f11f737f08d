/** Asks at the colleagues' door; the other side is `door.ts`. */
import { request } from 'node:http';
import { z } from 'zod';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import {
  acted,
  members,
  openOperations,
  paths,
  refused,
  type Acted,
  type Ask,
  type Member,
  type OpenOperation,
} from './messages.ts';

/** For the whole call; a decision signs in, states and is recorded within it. */
const TIMEOUT_MS = 20_000;
const ANSWER_MAX = 1024 * 1024;

/** Nobody listens at the socket, or nobody answered in time. */
export type DoorFault = 'door-closed' | 'door-silent';

type Call = { path: string; body?: string };

function send(socketPath: string, { path, body }: Call): Promise<Result<string, DoorFault>> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const failed = (): void => {
      const fault = signal.aborted ? 'door-silent' : 'door-closed';
      resolve(refuse(fault, 'The sample colleagues do not answer.'));
    };
    const call = request(
      {
        socketPath,
        path,
        signal,
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > ANSWER_MAX) call.destroy();
        });
        response.on('end', () => resolve(ok(text)));
        response.on('error', failed);
      },
    );
    call.on('error', failed);
    call.end(body);
  });
}

async function ask<T>(socket: string, call: Call, value: z.ZodType<T>): Promise<Result<T>> {
  const sent = await send(socket, call);
  if (!sent.ok) return sent;
  const shape = z.union([z.object({ ok: z.literal(true), value }), refused]);
  return shape.parse(JSON.parse(sent.value));
}

/** Has a colleague state on an operation. @throws when the answer is not of the agreed form. */
export const askToDecide = (socket: string, wanted: Ask): Promise<Result<Acted>> =>
  ask(socket, { path: paths.decide, body: JSON.stringify(wanted) }, acted);

export const askForOpen = (socket: string): Promise<Result<OpenOperation[]>> =>
  ask(socket, { path: paths.open }, openOperations);

export const askForMembers = (socket: string): Promise<Result<Member[]>> =>
  ask(socket, { path: paths.people }, members);
