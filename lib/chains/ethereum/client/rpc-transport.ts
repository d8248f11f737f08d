/**
 * One JSON-RPC 2.0 question over HTTP to a node that is not trusted: the answer is bounded in size
 * and time and must be for the question asked. Questions are never bundled, so each has its bounds.
 */
import { z } from 'zod';
import { exchange as exchangeOnce, ExchangeError, type ExchangeFault } from '../../node-http.ts';
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

/**
 * @returns the result, as it came: check it before use.
 * @throws EthereumRpcError within the time-out.
 */
export async function exchange(url: URL, asked: Question, timeoutMs: number): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  return readAnswer(await post(url, asked, signal), asked);
}

const faults: Readonly<Record<ExchangeFault, RpcFault>> = {
  timeout: 'rpc-timeout',
  unreachable: 'rpc-unreachable',
  'answer-too-large': 'rpc-answer-too-large',
};

async function post(url: URL, asked: Question, signal: AbortSignal): Promise<string> {
  const { id, method, params, bytesMax } = asked;
  const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
  try {
    const { status, text } = await exchangeOnce({
      url,
      post: { body, type: 'application/json' },
      signal,
      answerBytesMax: bytesMax,
    });
    if (status >= 200 && status < 300) return text;
    throw new EthereumRpcError(faultOfStatus(status), method, `the node answered HTTP ${status}`);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    throw new EthereumRpcError(faults[error.fault], method, error.message);
  }
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
