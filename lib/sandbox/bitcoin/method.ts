import { z } from 'zod';
import type { Chain } from './chain.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import type { View } from './view.ts';

/** What a question is answered from, and what it can ask of the connection beside its result. */
export type Exchange = { chain: Chain; view: View; hangUp: boolean };

/** One RPC method. Throws RpcError for what the caller did wrong. */
export type Method = (exchange: Exchange, params: readonly unknown[]) => unknown;

export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const whole = (least: number, most: number) => z.int().min(least).max(most);

/** @throws RpcError -8 with the first thing that is wrong. */
export function readParams<T extends z.ZodType>(shape: T, params: readonly unknown[]): z.output<T> {
  const parsed = shape.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RpcError(
    rpcCode.invalidParameter,
    `${issue?.message ?? 'wrong shape'} at ${issue?.path.join('.') || 'params'}`,
  );
}
