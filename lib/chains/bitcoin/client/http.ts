/** The exchange of every client with a node, with its faults in Bitcoin's names. */
import {
  exchange as exchangeOnce,
  ExchangeError,
  parseNodeUrl as parseUrl,
  type ExchangeFault,
  type HttpAnswer,
  type HttpQuestion as Question,
} from '../../node-http.ts';
import { BitcoinNodeError, type NodeFault } from './node-error.ts';

export type HttpQuestion = Omit<Question, 'signal'> & {
  timeoutMs: number;
  /** For error texts. */
  asked: string;
};

/** @throws TypeError when the address is no plain HTTP(S) URL. */
export const parseNodeUrl = (address: string): URL => parseUrl(address, 'a Bitcoin node');

/** @throws TypeError */
export function checkTimeout(timeoutMs: number): number {
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000)
    throw new TypeError('A time-out must be between 1 and 600000 milliseconds');
  return timeoutMs;
}

const faults: Readonly<Record<ExchangeFault, NodeFault>> = {
  timeout: 'node-timeout',
  unreachable: 'node-unreachable',
  'answer-too-large': 'node-answer-too-large',
};

/** Any status comes back as an answer. @throws BitcoinNodeError */
export async function exchange({
  timeoutMs,
  asked,
  ...question
}: HttpQuestion): Promise<HttpAnswer> {
  try {
    return await exchangeOnce({ ...question, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    throw new BitcoinNodeError(faults[error.fault], asked, error.message);
  }
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
