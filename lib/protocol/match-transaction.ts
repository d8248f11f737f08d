/** An intent that moves coins, field by field against the transaction that would be signed. */
import { plainTransaction, type PlainTransaction } from './bundle.ts';
import type { DecideInput } from './decide-input.ts';
import type { MovingIntent } from './intent.ts';
import type { PartyRefusal } from './refusals.ts';
import { findFeeRefusal, type SourceAccount } from './source-account.ts';

/** What the transaction must carry beside the transfer; between vaults nothing. */
export const memoOf = (intent: MovingIntent): string | null =>
  intent.kind === 'withdrawal' ? intent.memo : null;

/**
 * What the transaction does otherwise than the intent says, whoever asks.
 * @param source the account that the intent takes from.
 */
export function findDifference(
  intent: MovingIntent,
  source: string,
  transaction: PlainTransaction,
): PartyRefusal | null {
  if (transaction.chain !== intent.chain) return 'transaction-chain-differs';
  if (transaction.asset !== intent.asset) return 'transaction-asset-differs';
  if (transaction.from !== source) return 'transaction-source-differs';
  if (transaction.to !== intent.destination.address) return 'transaction-recipient-differs';
  if (transaction.amount !== intent.amount) return 'transaction-amount-differs';
  if (transaction.memo !== memoOf(intent)) return 'transaction-memo-differs';
  return BigInt(transaction.fee) <= BigInt(intent.highestFee)
    ? null
    : 'transaction-fee-above-bound';
}

/**
 * @param source the account it takes from, as the party derived it.
 * @returns the first thing in which they differ.
 */
export function matchTransaction(
  intent: MovingIntent,
  source: SourceAccount,
  { transaction: candidate, party, ties }: DecideInput,
): PartyRefusal | null {
  if (candidate === null) return 'transaction-missing';
  const parsed = plainTransaction.safeParse(candidate);
  if (!parsed.success) return 'transaction-undecodable';
  const transaction = parsed.data;
  const difference =
    findDifference(intent, source.address, transaction) ??
    findFeeRefusal(intent, source, transaction, party);
  if (difference) return difference;
  const conflicts = ties.every((tie) => tie === transaction.conflictKey);
  return conflicts ? null : 'transaction-does-not-conflict';
}
