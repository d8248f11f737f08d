/** The asking side of the sample colleagues' door: one request over their Unix socket. */
import { request } from 'node:http';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

/** For the whole call; a decision signs in, states and is recorded within it. */
const TIMEOUT_MS = 20_000;
/** Largest answer taken, in characters. */
const ANSWER_MAX = 1024 * 1024;

/** Nobody listens at the socket or they hung up, or nobody answered in time. */
export type DoorFault = 'door-closed' | 'door-silent';

type Call = {
  path: string;
  /** Sent as JSON; without it the call only asks for something to read. */
  question?: unknown;
  /** For the whole call, from connecting to the last byte. */
  timeoutMs?: number;
};

function send(
  address: string,
  { path, question, timeoutMs = TIMEOUT_MS }: Call,
): Promise<Result<string, DoorFault>> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const failed = (): void => {
      const fault = signal.aborted ? 'door-silent' : 'door-closed';
      resolve(refuse(fault, 'The sample colleagues do not answer.'));
    };
    const call = request(
      {
        socketPath: address.slice('unix:'.length),
        path,
        signal,
        method: question === undefined ? 'GET' : 'POST',
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
    call.end(question === undefined ? undefined : JSON.stringify(question));
  });
}

/**
 * Asks the colleagues' process.
 * @param address of their socket, with `unix:` before the path
 * @throws SyntaxError when the answer is no JSON
 */
export async function askAtDoor(address: string, call: Call): Promise<Result<unknown, DoorFault>> {
  const sent = await send(address, call);
  return sent.ok ? ok(JSON.parse(sent.value) as unknown) : sent;
}
