/**
 * Whether an account's balance is what the movements that were seen make of it. Ether that a contract
 * sends on (and what validators get) shows in no transaction to us, so a difference is a hold until
 * a person has explained it; it is never booked as a guess. Pure.
 */
import type { Movement } from './movement.ts';

export type BalanceExplanation =
  | { ok: true }
  | {
      ok: false;
      hold: 'unexplained-balance';
      /** Smallest unit: more than zero where there is more than was seen. */
      difference: bigint;
    };

/**
 * @param before balance at the end of the block before the movements.
 * @param after at the end of their last block.
 * @param token the contract, or null for ether.
 */
export function explainBalance(
  of: { account: string; token: string | null; before: bigint; after: bigint },
  movements: readonly Movement[],
): BalanceExplanation {
  const { account, token, before, after } = of;
  let expected = before;
  for (const { from, to, amount, fee, token: moved } of movements) {
    if (moved === token) {
      if (to === account) expected += amount;
      if (from === account) expected -= amount;
    }
    if (token === null && from === account) expected -= fee;
  }
  const difference = after - expected;
  return difference === 0n ? { ok: true } : { ok: false, hold: 'unexplained-balance', difference };
}
