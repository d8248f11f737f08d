/** Reads the parameters of RPC methods. Integers arrive as bigint. */
import { z } from 'zod';
import { isSolanaAddress, isTransactionId } from '#lib/chains/solana/address.ts';
import { invalidParams } from './rpc-error.ts';

export const solanaAddress = z.string().refine(isSolanaAddress, 'Invalid param: WrongSize');
export const transactionIdText = z.string().refine(isTransactionId, 'Invalid param: WrongSize');

/** A whole number that fits in JavaScript's. */
export const whole = (least: number, most: number) =>
  z.bigint().min(BigInt(least)).max(BigInt(most)).transform(Number);

export const u64 = z
  .bigint()
  .min(0n)
  .max(2n ** 64n - 1n);

/** Real nodes treat an absent commitment as finalized. */
export const commitment = z.enum(['processed', 'confirmed', 'finalized']).default('finalized');

/** A last parameter that may be absent or null. */
export const options = <T extends z.ZodRawShape>(shape: T) =>
  z
    .object(shape)
    .nullish()
    .transform((value) => value ?? null);

/** @throws RpcError -32602 with the first thing that is wrong. */
export function readParams<T extends z.ZodType>(shape: T, params: readonly unknown[]): z.output<T> {
  const parsed = shape.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParams(
    `Invalid params: ${issue?.message ?? 'wrong shape'} at ${issue?.path.join('.') || 'params'}`,
  );
}
