/**
 * One JSON-RPC 2.0 question over HTTP to a node that is not trusted: the answer is bounded in size
 * and time and must be for the question asked. Questions are never bundled, so each has its bounds.
 */
import { z } from 'zod';
import { EthereumRpcError, type RpcFault } from './rpc-error.ts';

/** Enough for every answer but a whole block or a list of logs. */
export const ANSWER_BYTES_MAX = 1024 * 1024;

const answer = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.int(),
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string().max(10_000) }).optional(),
});

export type Question = {
  id: number;
  method: string;
  params: readonly unknown[];
  /** Largest answer that is read, in bytes. */
  bytesMax: number;
};

/** @throws TypeError when the address is no plain HTTP(S) URL. */
export function parseRpcUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (
    !url ||
    (url.protocol !== 'http:' && url.protocol !== 'https:') ||
    url.username ||
    url.password
  )
    throw new TypeError(
      'The Ethereum RPC address must be an http or https URL without a name or password',
    );
  return url;
}

/**
 * @returns the result, as it came: check it before use.
 * @throws EthereumRpcError within the time-out.
 */
export async function exchange(url: URL, asked: Question, timeoutMs: number): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  return readAnswer(await post(url, asked, signal), asked);
}

async function post(url: URL, asked: Question, signal: AbortSignal): Promise<string> {
  const { id, method, params } = asked;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
      redirect: 'error',
      signal,
    });
    const text = await readBounded(response, asked);
    if (response.ok) return text;
    throw new EthereumRpcError(
      faultOfStatus(response.status),
      method,
      `the node answered HTTP ${response.status}`,
    );
  } catch (error) {
    if (error instanceof EthereumRpcError) throw error;
    if (signal.aborted) throw new EthereumRpcError('rpc-timeout', method, 'no answer in time');
    throw new EthereumRpcError(
      'rpc-unreachable',
      method,
      `no connection to the node (${reason(error)})`,
    );
  }
}

async function readBounded(response: Response, asked: Question): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  // Leaving the loop cancels the body, so the rest is never downloaded.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > asked.bytesMax)
      throw new EthereumRpcError(
        'rpc-answer-too-large',
        asked.method,
        `an answer above ${asked.bytesMax} bytes`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(text: string, { id, method }: Question): unknown {
  const bad = (what: string): EthereumRpcError =>
    new EthereumRpcError('rpc-bad-answer', method, what);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('the answer is no JSON');
  }
  const parsed = answer.safeParse(value);
  if (!parsed.success || parsed.data.id !== id)
    throw bad('the answer is no JSON-RPC answer to this question');
  const { error, result } = parsed.data;
  if (error)
    throw new EthereumRpcError(
      'rpc-refused',
      method,
      `${error.message.slice(0, 300)} (${error.code})`,
      error.code,
    );
  if (result === undefined) throw bad('the answer has neither result nor error');
  return result;
}

function faultOfStatus(status: number): RpcFault {
  return status === 429 ? 'rpc-rate-limited' : 'rpc-http-error';
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return 'unknown';
}
