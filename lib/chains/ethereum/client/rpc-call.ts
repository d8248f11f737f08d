/** One bounded, checked question to a node. */
import { z } from 'zod';
import { parseNodeUrl } from '../../node-http.ts';
import { hash32, quantity } from './answers.ts';
import { guardChain, type ChainCheck, type ChainGuard, type ChainIdentity } from './chain-guard.ts';
import { badAnswer, EthereumRpcError } from './rpc-error.ts';
import { ANSWER_BYTES_MAX, exchange } from './rpc-transport.ts';

export type RpcConnection = {
  url: URL;
  timeoutMs: number;
  /** Null where any chain will do. */
  guard: ChainGuard | null;
  nextId(): number;
};

export type ClientOptions = {
  /** Longest wait for one answer, whole body included; 10 seconds unless said otherwise. */
  timeoutMs?: number;
  /** When given, only a node of the chain that it accepts is asked anything. */
  accepts?: ChainCheck;
};

/** @throws TypeError on a bad URL or time-out. */
export function openConnection(url: string, options: ClientOptions): RpcConnection {
  const timeoutMs = options.timeoutMs ?? 10_000;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 120_000)
    throw new TypeError('The RPC time-out must be between 1 and 120000 milliseconds');
  let asked = 0;
  const nextId = (): number => (asked += 1);
  const open: RpcConnection = {
    url: parseNodeUrl(url, 'an Ethereum node'),
    timeoutMs,
    guard: null,
    nextId,
  };
  const { accepts } = options;
  if (!accepts) return open;
  return { ...open, guard: guardChain(() => askIdentity(open), accepts) };
}

/** Which chain the node says it belongs to. @throws EthereumRpcError */
export async function askIdentity(connection: RpcConnection): Promise<ChainIdentity> {
  const chainId = await ask(connection, 'eth_chainId', [], quantity);
  const first = z.object({ hash: hash32, number: z.literal('0x0') });
  const { hash } = await ask(connection, 'eth_getBlockByNumber', ['0x0', false], first);
  return { chainId, genesisHash: hash };
}

/**
 * @param bytesMax largest answer that is read; a mebibyte unless said otherwise.
 * @throws EthereumRpcError within the connection's time-out.
 */
export async function ask<T extends z.ZodType>(
  connection: RpcConnection,
  method: string,
  params: readonly unknown[],
  shape: T,
  bytesMax = ANSWER_BYTES_MAX,
): Promise<z.infer<T>> {
  const { guard, url, timeoutMs } = connection;
  await guard?.require(method);
  try {
    const question = { id: connection.nextId(), method, params, bytesMax };
    const parsed = shape.safeParse(await exchange(url, question, timeoutMs));
    if (parsed.success) return parsed.data;
    throw badAnswer(method, 'the answer has not the shape it should have');
  } catch (error) {
    // A refusal is a word of the same node; after anything else another may answer next.
    if (!(error instanceof EthereumRpcError && error.fault === 'rpc-refused')) guard?.doubt();
    throw error;
  }
}
