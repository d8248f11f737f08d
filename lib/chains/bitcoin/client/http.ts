/** One bounded exchange over HTTP with a server that is not trusted. */
import { BitcoinNodeError } from './node-error.ts';

export type HttpQuestion = {
  url: URL;
  /** Null for GET. */
  post: { body: string; type: 'application/json' | 'text/plain' } | null;
  /** Value of the Authorization header. */
  authorization: string | null;
  timeoutMs: number;
  answerBytesMax: number;
  /** For error texts. */
  asked: string;
};

export type HttpAnswer = { status: number; text: string };

/** @throws TypeError when the address is no plain HTTP(S) URL. */
export function parseNodeUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new TypeError(
      'The address of a Bitcoin node must be an http or https URL without a name or password',
    );
  return url;
}

/** @throws TypeError */
export function checkTimeout(timeoutMs: number): number {
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000)
    throw new TypeError('A time-out must be between 1 and 600000 milliseconds');
  return timeoutMs;
}

/** Any status comes back as an answer. @throws BitcoinNodeError */
export async function exchange(question: HttpQuestion): Promise<HttpAnswer> {
  const { url, post, authorization, timeoutMs, asked } = question;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: post ? 'POST' : 'GET',
      headers: {
        accept: 'application/json, text/plain',
        ...(post ? { 'content-type': post.type } : {}),
        ...(authorization === null ? {} : { authorization }),
      },
      ...(post ? { body: post.body } : {}),
      redirect: 'error',
      signal,
    });
    return { status: response.status, text: await readBounded(response, question) };
  } catch (error) {
    if (error instanceof BitcoinNodeError) throw error;
    if (signal.aborted) throw new BitcoinNodeError('node-timeout', asked, 'no answer in time');
    throw new BitcoinNodeError('node-unreachable', asked, `no connection (${reason(error)})`);
  }
}

async function readBounded(
  response: Response,
  { answerBytesMax, asked }: HttpQuestion,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  // Leaving the loop cancels the body, so the rest is never downloaded.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > answerBytesMax)
      throw new BitcoinNodeError(
        'node-answer-too-large',
        asked,
        `an answer above ${answerBytesMax} bytes`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws BitcoinNodeError unless the status is a good one. */
export function requireOk({ status }: HttpAnswer, asked: string): void {
  if (status >= 200 && status < 300) return;
  const sentence = `the server answered HTTP ${status}`;
  if (status === 429) throw new BitcoinNodeError('node-rate-limited', asked, sentence);
  if (status === 401 || status === 403)
    throw new BitcoinNodeError('node-unauthorised', asked, sentence);
  throw new BitcoinNodeError('node-http-error', asked, sentence);
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return 'unknown';
}
