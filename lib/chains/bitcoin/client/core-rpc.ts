/** One bounded, checked question to a Bitcoin Core node over JSON-RPC (1.0 and 2.0 answers alike). */
import { z } from 'zod';
import type { HttpAnswer } from '../../node-http.ts';
import { hash32 } from './answers.ts';
import { guardChain } from './chain-guard.ts';
import { parseExactJson } from './exact-json.ts';
import { checkTimeout, exchange, parseNodeUrl, requireOk } from './http.ts';
import { BitcoinNodeError } from './node-error.ts';
import type { SourceOptions } from './source.ts';

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const STILL_STARTING = -28;
/** Core's code for a height above the tip. */
export const OUT_OF_RANGE = -8;

export type CoreOptions = SourceOptions & {
  url: string;
  /** Name and password for Core's Basic authentication; null where a proxy does that. */
  credentials: { user: string; password: string } | null;
  /**
   * Longest wait for a scan, which goes through all unspent outputs there are or the filters of many
   * blocks; 3 minutes unless said otherwise.
   */
  scanTimeoutMs?: number;
};

export type CoreQuestion<T extends z.ZodType> = {
  method: string;
  params: readonly unknown[];
  shape: T;
  /** Where an answer may be larger than usual. */
  answerBytesMax?: number;
  /** True for what takes longer than usual. */
  isScan?: boolean;
};

export type CoreRpc = {
  /** @throws BitcoinNodeError within the time-out. */
  ask<T extends z.ZodType>(question: CoreQuestion<T>): Promise<z.output<T>>;
};

const answer = z.object({
  id: z.bigint(),
  result: z.unknown().optional(),
  error: z.object({ code: z.bigint(), message: z.string().max(10_000) }).nullish(),
});

/** @throws TypeError on a URL, time-out or chain that can't be. */
export function createCoreRpc(options: CoreOptions): CoreRpc {
  const url = parseNodeUrl(options.url);
  const usualMs = checkTimeout(options.timeoutMs ?? 10_000);
  const scanMs = checkTimeout(options.scanTimeoutMs ?? 180_000);
  const { credentials } = options;
  const authorization = credentials
    ? `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
    : null;
  let lastId = 0;
  const post = async <T extends z.ZodType>(question: CoreQuestion<T>): Promise<z.output<T>> => {
    const { method, params, shape } = question;
    lastId += 1;
    const id = lastId;
    const answered = await exchange({
      url,
      post: {
        body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
        type: 'application/json',
      },
      authorization,
      timeoutMs: question.isScan === true ? scanMs : usualMs,
      answerBytesMax: question.answerBytesMax ?? ANSWER_BYTES_MAX,
      asked: method,
    });
    const parsed = shape.safeParse(readAnswer(answered, id, method));
    if (parsed.success) return parsed.data;
    throw new BitcoinNodeError(
      'node-bad-answer',
      method,
      'the answer has not the shape it should have',
    );
  };
  const hashAt = (height: number): Promise<string | null> =>
    nullFor(OUT_OF_RANGE, post({ method: 'getblockhash', params: [height], shape: hash32 }));
  const guard = guardChain(hashAt, options.chain, options.accepts ?? null);
  return {
    async ask(question) {
      await guard.require(question.method, question.method === 'sendrawtransaction');
      try {
        return await post(question);
      } catch (error) {
        guard.doubt();
        throw error;
      }
    },
  };
}

/** Before version 2.0 an error came with HTTP's status 500 or 404, and its reason in the body. */
function readAnswer(answered: HttpAnswer, id: number, method: string): unknown {
  let value: unknown;
  try {
    value = parseExactJson(answered.text);
  } catch {
    requireOk(answered, method);
    throw new BitcoinNodeError('node-bad-answer', method, 'the answer is no JSON');
  }
  const parsed = answer.safeParse(value);
  if (!parsed.success || parsed.data.id !== BigInt(id)) {
    requireOk(answered, method);
    throw new BitcoinNodeError(
      'node-bad-answer',
      method,
      'the answer is no JSON-RPC answer to this question',
    );
  }
  const { error, result } = parsed.data;
  if (!error) {
    requireOk(answered, method);
    return result;
  }
  const code = Number(error.code);
  const said = error.message.slice(0, 300);
  const fault = code === STILL_STARTING ? 'node-behind' : 'node-refused';
  throw new BitcoinNodeError(fault, method, `${said} (${code})`, { code, said });
}

/** Null in place of a refusal with this code. */
export async function nullFor<T>(code: number, pending: Promise<T>): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof BitcoinNodeError && error.code === code) return null;
    throw error;
  }
}
