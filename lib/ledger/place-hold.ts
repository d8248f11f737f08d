import { randomUUID } from 'node:crypto';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { wantedHolds, type Taking, type WantedHold } from './wanted-holds.ts';

export type HoldRequest = {
  /** Made by the caller; the same id with the same content is the same hold. */
  hold: string;
  operation: string;
  account: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
  /** The part of it that bounds a network fee; absent where all of it is exact. */
  fee?: bigint;
};

type HoldRefusal = 'insufficient-balance' | 'hold-differs';

/**
 * Sets aside everything that an operation may take from a client: the amount, and the highest network fee where the
 * client bears it. All of it or, when the caller rolls back on the refusal, nothing.
 * @param short says in the caller's words which balance does not cover its part.
 */
export async function placeHolds(
  tx: Tx,
  { operation, ...taking }: Taking & { operation: string },
  short: (wanted: WantedHold) => string = shortSentence,
): Promise<Result<null, HoldRefusal>> {
  for (const wanted of wantedHolds(taking)) {
    const { account, amount, fee } = wanted;
    const held = await placeHold(tx, { hold: randomUUID(), operation, account, amount, fee });
    if (held.ok) continue;
    return held.refusal.code === 'insufficient-balance'
      ? refuse('insufficient-balance', short(wanted))
      : held;
  }
  return ok(null);
}

const shortSentence = ({ asset, amount, fee }: WantedHold): string =>
  fee < amount
    ? notCovered
    : `The client’s available ${asset} does not cover the highest network fee. Part of it may be held for other operations.`;

const notCovered =
  'The client’s available balance does not cover this amount. Part of it may be held for other withdrawals.';

/**
 * Sets an amount of a client's balance aside for an operation, so that nothing else can spend it.
 * The operation must be on record, asking for exactly this, when the transaction commits.
 */
export async function placeHold(
  tx: Tx,
  { hold, operation, account, amount, fee = 0n }: HoldRequest,
): Promise<Result<{ isNew: boolean }, HoldRefusal>> {
  const [answer] = await tx.$queryRaw<{ status: string }[]>`
    select ledger_hold(${hold}::uuid, ${operation}::uuid, ${account}, ${amount.toString()}::numeric,
      ${fee.toString()}::numeric) as status`;
  switch (answer?.status) {
    case 'held':
      return ok({ isNew: true });
    case 'exists':
      return ok({ isNew: false });
    case 'insufficient':
    case 'no_account':
      return refuse('insufficient-balance', notCovered);
    case 'operation_has_hold':
      return refuse(
        'hold-differs',
        'An amount is already held for this operation on this account.',
      );
    default: {
      const field = /^exists_with_different_(\w+)$/.exec(answer?.status ?? '')?.[1];
      if (field === undefined)
        throw new Error(`Unknown answer of the ledger: ${answer?.status ?? 'none'}`);
      return refuse('hold-differs', `This hold was already placed with another ${field}.`);
    }
  }
}
