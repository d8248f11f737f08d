/**
 * Carries @solana/kit's requests over HTTP to a node that is not trusted: every answer is bounded
 * in size and time, must be JSON-RPC 2.0 for the question asked, and keeps large integers exact.
 */
import type { RpcTransport } from '@solana/kit';
import { z } from 'zod';
import { exchange, ExchangeError, parseNodeUrl, type ExchangeFault } from '../node-http.ts';
import { parseExactJson, writeExactJson } from './exact-json.ts';
import { SolanaRpcError, type RpcFault } from './rpc-error.ts';

const ANSWER_BYTES_MAX = 1024 * 1024;
const NODE_UNHEALTHY = -32005;
/** Where whoever asks sets no bound of their own; the client always does. */
const LONGEST_MS = 60_000;

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
  const url = parseNodeUrl(address, 'a Solana node');
  return async <TResponse>({
    payload,
    signal,
  }: Parameters<RpcTransport>[0]): Promise<TResponse> => {
    const asked = question.parse(payload);
    const text = await post(url, asked.method, payload, signal ?? AbortSignal.timeout(LONGEST_MS));
    // Kit's API layer gives the answer its type; the client checks the shape after it.
    return checkAnswer(text, asked) as TResponse;
  };
}

const faults: Readonly<Record<ExchangeFault, RpcFault>> = {
  timeout: 'rpc-timeout',
  unreachable: 'rpc-unreachable',
  'answer-too-large': 'rpc-answer-too-large',
};

async function post(
  url: URL,
  method: string,
  payload: unknown,
  signal: AbortSignal,
): Promise<string> {
  try {
    const { status, text } = await exchange({
      url,
      post: { body: writeExactJson(payload), type: 'application/json' },
      signal,
      answerBytesMax: ANSWER_BYTES_MAX,
    });
    if (status >= 200 && status < 300) return text;
    throw new SolanaRpcError(faultOfStatus(status), method, `the node answered HTTP ${status}`);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    throw new SolanaRpcError(faults[error.fault], method, error.message);
  }
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
