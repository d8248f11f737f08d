/** One bounded exchange over HTTP with a node that is not trusted, for the clients of every chain. */

/** What became of an exchange that gave no whole answer. Each client names it in its own words. */
export type ExchangeFault = 'timeout' | 'unreachable' | 'answer-too-large';

export class ExchangeError extends Error {
  override name = 'ExchangeError';
  readonly fault: ExchangeFault;

  /** @param sentence for people; holds nothing of what was sent. */
  constructor(fault: ExchangeFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}

export type HttpQuestion = {
  url: URL;
  /** Null for GET. */
  post: { body: string; type: 'application/json' | 'text/plain' } | null;
  /** Value of the Authorization header; none unless said. */
  authorization?: string | null;
  /** Ends the whole exchange, body included. */
  signal: AbortSignal;
  /** Largest answer that is read, in bytes, after decompression. */
  answerBytesMax: number;
};

export type HttpAnswer = { status: number; text: string };

/** @param of what the address is of, as an error says it. @throws TypeError when it is no plain HTTP(S) URL. */
export function parseNodeUrl(address: string, of: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new TypeError(
      `The address of ${of} must be an http or https URL without a name or password`,
    );
  return url;
}

/** Any status comes back as an answer; redirects are not followed. @throws ExchangeError */
export async function exchange(question: HttpQuestion): Promise<HttpAnswer> {
  const { url, post, authorization = null, signal, answerBytesMax } = question;
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
    return { status: response.status, text: await readBounded(response, answerBytesMax) };
  } catch (error) {
    if (error instanceof ExchangeError) throw error;
    if (signal.aborted) throw new ExchangeError('timeout', 'no answer in time');
    throw new ExchangeError('unreachable', `no connection to the node (${reasonOf(error)})`);
  }
}

async function readBounded(response: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  // Leaving the loop cancels the body, so the rest is never downloaded.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > bytesMax)
      throw new ExchangeError('answer-too-large', `an answer above ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return 'unknown';
}
