/** One bounded, checked question to an Esplora index (Blockstream's, mempool.space's, or one's own). */
import type { z } from 'zod';
import { guardChain } from './chain-guard.ts';
import { hash32 } from './answers.ts';
import { parseExactJson } from './exact-json.ts';
import { checkTimeout, exchange, parseNodeUrl, requireOk } from './http.ts';
import { BitcoinNodeError } from './node-error.ts';
import type { SourceOptions } from './source.ts';

/** A page of a history holds up to 75 transactions with all their inputs. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

export type EsploraHttp = {
  /** A JSON answer; null for HTTP 404. @param asked the path's name in errors. */
  json<T extends z.ZodType>(path: string, asked: string, shape: T): Promise<z.output<T> | null>;
  /** A plain text answer; null for HTTP 404. */
  text<T extends z.ZodType>(path: string, asked: string, shape: T): Promise<z.output<T> | null>;
  /** Hands a transaction over; gives the id answered. */
  post(hex: string): Promise<string>;
};

/** @throws TypeError on a URL, time-out or chain that can't be. */
export function createEsploraHttp(url: string, options: SourceOptions): EsploraHttp {
  const base = parseNodeUrl(url);
  const timeoutMs = checkTimeout(options.timeoutMs ?? 10_000);
  const at = (path: string): URL => new URL(`${base.href.replace(/\/$/, '')}${path}`);

  const get = async (path: string, asked: string): Promise<string | null> => {
    const answered = await exchange({
      url: at(path),
      post: null,
      authorization: null,
      timeoutMs,
      answerBytesMax: ANSWER_BYTES_MAX,
      asked,
    });
    if (answered.status === 404) return null;
    requireOk(answered, asked);
    return answered.text;
  };
  const hashAt = async (height: number): Promise<string | null> => {
    const text = await get(`/block-height/${height}`, 'block-height');
    return text === null ? null : check(hash32, text.trim(), 'block-height');
  };
  const guard = guardChain(hashAt, options.chain, options.accepts ?? null);
  const guarded = async <T>(asked: string, isSending: boolean, ask: () => Promise<T>) => {
    await guard.require(asked, isSending);
    try {
      return await ask();
    } catch (error) {
      guard.doubt();
      throw error;
    }
  };
  return {
    json: (path, asked, shape) =>
      guarded(asked, false, async () => {
        const text = await get(path, asked);
        return text === null ? null : check(shape, parse(text, asked), asked);
      }),
    text: (path, asked, shape) =>
      guarded(asked, false, async () => {
        const text = await get(path, asked);
        return text === null ? null : check(shape, text.trim(), asked);
      }),
    post: (hex) =>
      guarded('tx', true, async () => {
        const answered = await exchange({
          url: at('/tx'),
          post: { body: hex, type: 'text/plain' },
          authorization: null,
          timeoutMs,
          answerBytesMax: 64 * 1024,
          asked: 'tx',
        });
        const refusal = answered.status === 400 ? readCoreError(answered.text) : null;
        if (refusal) throw new BitcoinNodeError('node-refused', 'tx', refusal.said, refusal);
        requireOk(answered, 'tx');
        return check(hash32, answered.text.trim(), 'tx');
      }),
  };
}

function parse(text: string, asked: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw new BitcoinNodeError('node-bad-answer', asked, 'the answer is no JSON');
  }
}

function check<T extends z.ZodType>(shape: T, value: unknown, asked: string): z.output<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BitcoinNodeError(
    'node-bad-answer',
    asked,
    'the answer has not the shape it should have',
  );
}

/**
 * Esplora passes on what Core said, in its text: `sendrawtransaction RPC error: {"code":-26,
 * "message":"dust"}`, in newer ones `sendrawtransaction RPC error -26: dust`.
 */
function readCoreError(text: string): { code: number; said: string } | null {
  const found =
    /"code":\s*(-\d{1,5}),\s*"message":\s*"((?:[^"\\]|\\.){0,2000})"/.exec(text) ??
    /RPC error (-\d{1,5}): (.{0,2000})/.exec(text);
  if (!found) return null;
  const [, code = '', said = ''] = found;
  return { code: Number(code), said: said.slice(0, 300) };
}
