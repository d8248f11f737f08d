/** One question over HTTP: an answer within its time and size, or a fault. */
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { refuse, ok, type Result } from '#lib/platform/result.ts';
import { sourceSentences, type SourceFault } from './source.ts';

type Fault = Extract<SourceFault, `source-${'unreachable' | 'timeout' | 'answer-invalid'}`>;

/** Longest answer taken, in bytes; a signed fact has less than one kilobyte. */
const answerMax = 16_384;

const no = (fault: Fault) => refuse(fault, sourceSentences[fault]);

/** @param url https, http on this machine, or `unix:` and the path of a socket. */
function wayTo(url: string): { send: typeof httpRequest; to: RequestOptions } {
  if (url.startsWith('unix:'))
    return { send: httpRequest, to: { socketPath: url.slice('unix:'.length), path: '/' } };
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const to = { hostname, port, path: `${pathname}${search}` };
  return { send: protocol === 'https:' ? httpsRequest : httpRequest, to };
}

/** Follows no redirect: the address in the settings is the one that answers. */
export function postJson(
  url: string,
  question: object,
  timeoutMs: number,
): Promise<Result<unknown, Fault>> {
  const { send, to } = wayTo(url);
  const signal = AbortSignal.timeout(timeoutMs);
  const body = JSON.stringify(question);
  return new Promise((resolve) => {
    const failed = (): void =>
      resolve(no(signal.aborted ? 'source-timeout' : 'source-unreachable'));
    const outgoing = send({
      ...to,
      method: 'POST',
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    outgoing.once('error', failed);
    outgoing.once('response', (incoming) => {
      incoming.once('error', failed);
      readAnswer(incoming).then(resolve, failed);
    });
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<Result<unknown, Fault>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > answerMax) {
      incoming.destroy();
      return no('source-answer-invalid');
    }
    chunks.push(chunk);
  }
  if (incoming.statusCode !== 200) return no('source-answer-invalid');
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown);
  } catch {
    return no('source-answer-invalid');
  }
}
