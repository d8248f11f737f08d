import type { Result } from '#lib/platform/result.ts';
import { clientAccount, missingOf, suspenseAccount, vaultAccount } from './accounts.ts';
import { depositKey, type DepositName } from './deposits/deposit-name.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

export type FinalDeposit = DepositName & {
  /** Counts how often it appeared; absent: once. */
  appearance?: number;
  /** Null while nobody knows whose it is. */
  client: string | null;
  asset: string;
  /** Smallest unit. */
  amount: bigint;
  /** Where it comes again: the journal that reversed it, and the part of what that left missing which it makes good. */
  again?: { reversal: bigint; missing: bigint };
  at?: Date;
};

/**
 * Books what has arrived in a vault and the chain can't undo any more: to the client, or to
 * suspense for a person to attribute. Opens the accounts where it is their first movement. Once
 * per chain transaction, vault, place in the transaction and appearance.
 */
export async function creditDeposit(
  tx: Statements,
  deposit: FinalDeposit,
): Promise<Result<Posted, PostRefusal>> {
  const { vault, appearance, client, asset, amount, again, at = new Date() } = deposit;
  const owed = client === null ? suspenseAccount(asset) : clientAccount(client, asset);
  return postJournal(tx, {
    key: depositKey(deposit, appearance),
    kind: 'deposit',
    operation: null,
    usesHold: false,
    lines: [
      { account: vaultAccount(vault, asset), amount },
      ...(again ? [{ account: missingOf(client, asset), amount: -again.missing }] : []),
      { account: owed, amount: (again?.missing ?? 0n) - amount },
    ].filter((line) => line.amount !== 0n),
    corrects: again?.reversal ?? null,
    at,
  });
}
