import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

export type HoldRequest = {
  /** Made by the caller; the same id with the same content is the same hold. */
  hold: string;
  operation: string;
  account: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
};

/**
 * Sets an amount of a client's balance aside for an operation, so that nothing else can spend it.
 * The operation must be on record, asking for exactly this, when the transaction commits.
 */
export async function placeHold(
  tx: Tx,
  { hold, operation, account, amount }: HoldRequest,
): Promise<Result<{ isNew: boolean }, 'insufficient-balance' | 'hold-differs'>> {
  const [answer] = await tx.$queryRaw<{ status: string }[]>`
    select ledger_hold(${hold}::uuid, ${operation}::uuid, ${account}, ${amount.toString()}::numeric) as status`;
  switch (answer?.status) {
    case 'held':
      return ok({ isNew: true });
    case 'exists':
      return ok({ isNew: false });
    case 'insufficient':
    case 'no_account':
      return refuse(
        'insufficient-balance',
        'The client’s available balance does not cover this amount. Part of it may be held for other withdrawals.',
      );
    case 'operation_has_hold':
      return refuse('hold-differs', 'An amount is already held for this operation.');
    default: {
      const field = /^exists_with_different_(\w+)$/.exec(answer?.status ?? '')?.[1];
      if (field === undefined)
        throw new Error(`Unknown answer of the ledger: ${answer?.status ?? 'none'}`);
      return refuse('hold-differs', `This hold was already placed with another ${field}.`);
    }
  }
}
