/** One bounded, checked question to a node. */
import { createSolanaRpcFromTransport } from '@solana/kit';
import type { z } from 'zod';
import { guardChain, type ChainCheck, type ChainGuard } from './chain-guard.ts';
import { hash32 } from './rpc-answers.ts';
import { SolanaRpcError } from './rpc-error.ts';
import { createRpcTransport } from './rpc-transport.ts';

const makeRpc = (url: string) => createSolanaRpcFromTransport(createRpcTransport(url));

export type RpcConnection = {
  rpc: ReturnType<typeof makeRpc>;
  timeoutMs: number;
  /** Null where any chain will do. */
  guard: ChainGuard | null;
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
  const open = { rpc: makeRpc(url), timeoutMs, guard: null };
  const { accepts } = options;
  if (!accepts) return open;
  const askHash = () => ask(open, 'getGenesisHash', (rpc) => rpc.getGenesisHash(), hash32);
  return { ...open, guard: guardChain(askHash, accepts) };
}

type Pending = { send(options: { abortSignal: AbortSignal }): Promise<unknown> };

/** @throws SolanaRpcError within the connection's time-out; anything else only for malformed parameters. */
export async function ask<T extends z.ZodType>(
  connection: RpcConnection,
  method: string,
  pending: (rpc: RpcConnection['rpc']) => Pending,
  shape: T,
): Promise<z.infer<T>> {
  await connection.guard?.require(method);
  try {
    return await exchange(connection, method, pending, shape);
  } catch (error) {
    connection.guard?.doubt();
    throw error;
  }
}

async function exchange<T extends z.ZodType>(
  connection: RpcConnection,
  method: string,
  pending: (rpc: RpcConnection['rpc']) => Pending,
  shape: T,
): Promise<z.infer<T>> {
  const request = pending(connection.rpc);
  const signal = AbortSignal.timeout(connection.timeoutMs);
  let result: unknown;
  try {
    result = await request.send({ abortSignal: signal });
  } catch (error) {
    if (error instanceof SolanaRpcError) throw error;
    if (signal.aborted) throw new SolanaRpcError('rpc-timeout', method, 'no answer in time');
    throw new SolanaRpcError(
      'rpc-bad-answer',
      method,
      'the answer has not the shape it should have',
    );
  }
  const parsed = shape.safeParse(result);
  if (!parsed.success)
    throw new SolanaRpcError(
      'rpc-bad-answer',
      method,
      'the answer has not the shape it should have',
    );
  return parsed.data;
}
