/** What travels to a party for a decision: the intent and every statement about it. */
import { z } from 'zod';
import { intent } from './intent.ts';
import { address, amount, assetCode, chainId } from './scalars.ts';
import { signedFact } from './signed-facts.ts';
import { signedStatement } from './statement.ts';

export const operationBundle = z.strictObject({
  intent,
  statements: z.array(signedStatement).min(1).max(50),
  /** What sources signed that the policy names; a party verifies each. */
  facts: z.array(signedFact).max(16).optional(),
});
export type OperationBundle = z.infer<typeof operationBundle>;

/** A transaction as a party's own decoder reads it; every amount in the smallest unit. */
export type DecodedTransaction = {
  chain: string;
  asset: string;
  from: string;
  to: string;
  amount: bigint;
  /** Who pays the network fee and how much at most. */
  feePayer: string;
  fee: bigint;
  memo: string | null;
  /**
   * Names what the chain runs at most once. It must leave no room beside the intent in which two
   * transactions with the same key could both confirm; for Solana it fixes every byte.
   */
  conflictKey: string;
  /**
   * What else of the chain it uses up, and so no other operation may: Bitcoin's further inputs.
   * Absent where the conflict key says all.
   */
  uses?: string[];
};

/** The same as plain JSON data, for a decision whose input can be written down. */
export const plainTransaction = z.strictObject({
  chain: chainId,
  asset: assetCode,
  from: address,
  to: address,
  amount,
  feePayer: address,
  fee: amount,
  memo: z.string().max(1232).nullable(),
  conflictKey: z.string().min(1).max(300),
  /** What else of the chain it uses up, and so no other operation may. */
  uses: z.array(z.string().min(1).max(300)).max(256).optional(),
});
export type PlainTransaction = z.infer<typeof plainTransaction>;

/** Writes the amounts as decimal text. */
export function toPlainTransaction(decoded: DecodedTransaction): PlainTransaction {
  return { ...decoded, amount: String(decoded.amount), fee: String(decoded.fee) };
}
