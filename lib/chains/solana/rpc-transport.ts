/**
 * Carries @solana/kit's requests over HTTP to a node that is not trusted: every answer is bounded
 * in size and time, must be JSON-RPC 2.0 for the question asked, and keeps large integers exact.
 */
import type { RpcTransport } from '@solana/kit';
import { z } from 'zod';
import { parseExactJson, writeExactJson } from './exact-json.ts';
import { SolanaRpcError, type RpcFault } from './rpc-error.ts';

const ANSWER_BYTES_MAX = 1024 * 1024;
const NODE_UNHEALTHY = -32005;

const question = z.object({
  id: z.union([z.string(), z.number(), z.bigint()]),
  method: z.string(),
});

const answer = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.bigint()]),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.bigint(), message: z.string().max(10_000), data: z.unknown().optional() })
    .optional(),
});

/** @throws TypeError when the address is no plain HTTP(S) URL. */
export function createRpcTransport(address: string): RpcTransport {
  const url = parseUrl(address);
  return async <TResponse>({
    payload,
    signal,
  }: Parameters<RpcTransport>[0]): Promise<TResponse> => {
    const asked = question.parse(payload);
    const text = await exchange(url, asked.method, payload, signal);
    // Kit's API layer gives the answer its type; the client checks the shape after it.
    return checkAnswer(text, asked) as TResponse;
  };
}

function parseUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (
    !url ||
    (url.protocol !== 'http:' && url.protocol !== 'https:') ||
    url.username ||
    url.password
  )
    throw new TypeError(
      'The Solana RPC address must be an http or https URL without a name or password',
    );
  return url;
}

async function exchange(
  url: URL,
  method: string,
  payload: unknown,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: writeExactJson(payload),
      redirect: 'error',
      ...(signal ? { signal } : {}),
    });
    const text = await readBounded(response, method);
    if (response.ok) return text;
    throw new SolanaRpcError(
      faultOfStatus(response.status),
      method,
      `the node answered HTTP ${response.status}`,
    );
  } catch (error) {
    if (error instanceof SolanaRpcError) throw error;
    if (signal?.aborted) throw new SolanaRpcError('rpc-timeout', method, 'no answer in time');
    throw new SolanaRpcError(
      'rpc-unreachable',
      method,
      `no connection to the node (${reason(error)})`,
    );
  }
}

async function readBounded(response: Response, method: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  // Leaving the loop cancels the body, so the rest is never downloaded.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX)
      throw new SolanaRpcError(
        'rpc-answer-too-large',
        method,
        `an answer above ${ANSWER_BYTES_MAX} bytes`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function checkAnswer(text: string, asked: z.infer<typeof question>): unknown {
  const { id, method } = asked;
  const bad = (what: string): SolanaRpcError => new SolanaRpcError('rpc-bad-answer', method, what);
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    throw bad('the answer is no JSON');
  }
  const parsed = answer.safeParse(value);
  if (!parsed.success || String(parsed.data.id) !== String(id))
    throw bad('the answer is no JSON-RPC answer to this question');
  const { error, result } = parsed.data;
  if (error) {
    const code = Number(error.code);
    const fault = code === NODE_UNHEALTHY ? 'rpc-node-unhealthy' : 'rpc-refused';
    throw new SolanaRpcError(fault, method, `${error.message.slice(0, 300)} (${code})`, {
      code,
      data: error.data,
    });
  }
  if (result === undefined) throw bad('the answer has neither result nor error');
  return value;
}

function faultOfStatus(status: number): RpcFault {
  return status === 429 ? 'rpc-rate-limited' : 'rpc-http-error';
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return 'unknown';
}
