import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

/**
 * Gives back everything that was held for an operation that ended without a payment. Call it after the
 * operation's state has been changed, in the same transaction: the database checks at commit that
 * both agree. An operation that never held anything is refused by name, which is harmless.
 */
export async function voidHold(
  tx: Tx,
  { operation, outcome = 'voided' }: { operation: string; outcome?: 'voided' | 'expired' },
): Promise<Result<{ isNew: boolean }, 'no-hold' | 'hold-already-used' | 'operation-open'>> {
  // In the order in which accounts are locked. All holds of an operation end together, so one answer is every answer.
  const answers = await tx.$queryRaw<{ status: string }[]>`
    select ledger_void(h.id, ${outcome}) as status from (
      select id from hold where operation_id = ${operation}::uuid order by account_id collate "C") h`;
  const statuses = new Set(answers.map(({ status }) => status));
  if (statuses.size > 1)
    throw new Error(
      `The holds of operation ${operation} did not end together: ${[...statuses].join(', ')}`,
    );
  const [status = 'no_hold'] = statuses;
  switch (status) {
    case 'voided':
      return ok({ isNew: true });
    case 'already_voided':
      return ok({ isNew: false });
    case 'no_hold':
      return refuse('no-hold', 'Nothing is held for this operation.');
    case 'already_posted':
      return refuse('hold-already-used', 'The amount held for this operation was already posted.');
    case 'operation_open':
      return refuse('operation-open', 'The operation has not ended, so what it holds stays held.');
    default:
      throw new Error(`Unknown answer of the ledger: ${status}`);
  }
}
